package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.core.file.Confined;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * ComfyUI's model folders on this machine (G142).
 *
 * @param roots folders by ComfyUI's name for them, such as {@code loras}; they need not exist
 */
public record ModelRoots(Map<String, List<Path>> roots) {
    /** No model folder is known. */
    public static final ModelRoots NONE = new ModelRoots(Map.of());

    private static final System.Logger LOG = System.getLogger(ModelRoots.class.getName());
    private static final Set<String> LORA_ENDINGS = Set.of(".safetensors"); // I40
    private static final Set<String> MODEL_ENDINGS = Set.of(".safetensors", ".sft", ".ckpt", ".pt", ".pth");
    private static final int DEPTH = 16;

    /** Copies the lists and makes the folders absolute. */
    public ModelRoots {
        roots = roots.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(root -> root.toAbsolutePath().normalize())
                                .toList()));
    }

    /**
     * The model files there are. Nothing is opened.
     *
     * @param folder ComfyUI's name of the folder
     * @param prefixes folders below it, with a slash at the end; empty means anywhere
     * @return names below the roots with forward slashes, sorted, each once
     */
    public List<String> files(String folder, List<String> prefixes) {
        Set<String> found = new TreeSet<>();
        for (Path root : roots.getOrDefault(folder, List.of())) {
            for (String prefix : prefixes.isEmpty() ? List.of("") : prefixes) {
                scan(root, root.resolve(prefix), endings(folder), found);
            }
        }
        return new ArrayList<>(found);
    }

    /**
     * Finds a model file.
     *
     * @param folder ComfyUI's name of the folder
     * @param name below it, with slashes of either kind
     * @return its path below the first root that has it; empty when there is none, and when the name leads out of the
     *     roots, through links too
     */
    public Optional<Path> find(String folder, String name) {
        if (leavesItsFolder(name)) {
            return Optional.empty();
        }
        return roots.getOrDefault(folder, List.of()).stream()
                .map(root -> root.resolve(slashes(name)))
                .filter(Files::isRegularFile)
                .filter(file -> roots.getOrDefault(folder, List.of()).stream()
                        .anyMatch(root -> new Confined(root).contains(file)))
                .findFirst();
    }

    /** The name of the model file an asset names, with forward slashes; blank for none. */
    static String modelNamed(ModelFile model, JsonObject json) {
        if (model.path().equals(ModelFile.LORA.path())) {
            try {
                return LoraRef.in(new AssetData(json), 1).map(LoraRef::file).orElse("");
            } catch (IllegalArgumentException refused) {
                return "";
            }
        }
        return json.text(model.path().toArray(String[]::new))
                .map(ModelRoots::slashes)
                .orElse("");
    }

    static boolean leavesItsFolder(String name) {
        String plain = slashes(name);
        return plain.startsWith("/")
                || plain.indexOf(':') >= 0
                || plain.indexOf('\0') >= 0
                || List.of(plain.split("/", -1)).contains("..");
    }

    private static String slashes(String name) {
        return name.strip().replace('\\', '/');
    }

    private static Set<String> endings(String folder) {
        return folder.equals(ModelFile.LORA.folder()) ? LORA_ENDINGS : MODEL_ENDINGS;
    }

    private static void scan(Path root, Path start, Set<String> endings, Set<String> found) {
        if (!Files.isDirectory(start)) {
            return;
        }
        try {
            Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    String lowerCase = name.toLowerCase(Locale.ROOT);
                    if (attributes.isRegularFile() && endings.stream().anyMatch(lowerCase::endsWith)) {
                        found.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    LOG.log(Level.WARNING, "Cannot look at model folder {0}: {1}", file, failure);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "Cannot look at model folder {0}: {1}", start, failure);
        }
    }
}
