package dev.gaze.core.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles plugins of strangers and packs them into real jars, in a folder with a blank in its name. */
final class Jars {
    static final String SERVICE = "META-INF/services/dev.gaze.api.plugin.GazePlugin";

    private final Path folder;
    private final List<Path> jars = new ArrayList<>();

    Jars(Path folder) {
        this.folder = folder.resolve("with blank");
    }

    /** A plugin that adds one slot of its own name. */
    static String plugin(String className, String id, String extending) {
        return """
                package stranger;
                import dev.gaze.api.plan.LoraSlot;
                import dev.gaze.api.plugin.Extension;
                import dev.gaze.api.plugin.GazePlugin;
                import java.util.List;
                public class %s %s implements GazePlugin {
                    public String id() { return "%s"; }
                    public List<Extension> extensions() { return List.of(LoraSlot.named(id())); }
                }
                """.formatted(className, extending, id);
    }

    /**
     * Compiles sources and packs their classes.
     *
     * @param sources simple class name → source text
     * @param services the text of the service file
     * @param leftOut simple names of classes that are compiled but not packed
     */
    Jars jar(String name, Map<String, String> sources, String services, String... leftOut) {
        try {
            Path work = Files.createDirectories(folder.resolve(name + "-work"));
            List<String> arguments = new ArrayList<>(
                    List.of("-d", work.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"));
            for (Map.Entry<String, String> source : new LinkedHashMap<>(sources).entrySet()) {
                arguments.add(Files.writeString(work.resolve(source.getKey() + ".java"), source.getValue())
                        .toString());
            }
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (failed != 0) {
                throw new IllegalArgumentException("The sources of " + name + " do not compile");
            }
            for (String left : leftOut) {
                Files.delete(work.resolve("stranger/" + left + ".class"));
            }
            jars.add(pack(name, work, services));
            return this;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    ClassLoader loader(ClassLoader parent) throws IOException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return new URLClassLoader(urls, parent);
    }

    private Path pack(String name, Path work, String services) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(work)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(work.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
            out.putNextEntry(new JarEntry(SERVICE));
            out.write(services.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }
}
