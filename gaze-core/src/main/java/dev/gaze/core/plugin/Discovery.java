package dev.gaze.core.plugin;

import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for plugins with {@link ServiceLoader}. One that cannot be loaded becomes a problem and hides no other.
 *
 * <p>A provider whose super class or interface is missing arrives as a bare {@code NoClassDefFoundError} that names the
 * missing class but neither provider nor jar, and the iteration goes on behind it. The service files are therefore read
 * once more, only then, to tell whose class it was.
 */
final class Discovery {
    private static final String SERVICE_FILE = "META-INF/services/" + GazePlugin.class.getName();
    /** A class loader that fails at every step would keep the iteration going for ever. */
    private static final int FAILURES_IN_A_ROW = 100;

    private final Set<String> without;
    private final boolean onlyOurs;
    private final Set<String> seen;
    private final Set<String> leftOut = new HashSet<>();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<GazePlugin> found = new ArrayList<>();

    /**
     * @param without class names that are not even loaded
     * @param onlyOurs whether classes outside GAZE's own packages are passed over
     * @param known names of classes that are there already; one class seen twice counts once
     */
    Discovery(Set<String> without, boolean onlyOurs, Set<String> known) {
        this.without = without;
        this.onlyOurs = onlyOurs;
        this.seen = new HashSet<>(known);
    }

    List<GazePlugin> found() {
        return List.copyOf(found);
    }

    /** The class names that were left out. */
    Set<String> leftOut() {
        return Set.copyOf(leftOut);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Looks through a class loader. What an earlier one had, good or bad, is passed over: class loaders have parents, so
     * they see much the same. Null is the system class loader.
     */
    void look(@Nullable ClassLoader loader) {
        List<Throwable> failures = new ArrayList<>();
        List<String> loaded = new ArrayList<>();
        Iterator<ServiceLoader.Provider<GazePlugin>> providers =
                ServiceLoader.load(GazePlugin.class, loader).stream().iterator();
        int inARow = 0;
        while (inARow < FAILURES_IN_A_ROW) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<GazePlugin> provider = providers.next();
                loaded.add(provider.type().getName());
                inARow = 0;
                take(provider);
            } catch (ServiceConfigurationError | LinkageError failure) {
                failures.add(failure);
                inARow++;
            }
        }
        if (!failures.isEmpty()) {
            explain(failures, loaded, loader == null ? ClassLoader.getSystemClassLoader() : loader);
        }
    }

    private void take(ServiceLoader.Provider<GazePlugin> provider) {
        Class<? extends GazePlugin> type = provider.type();
        String name = type.getName();
        if (!concerns(name)) {
            return;
        }
        try {
            found.add(provider.get());
        } catch (ServiceConfigurationError | LinkageError failure) {
            problems.add(new Problem(
                    "Plugin class '%s' cannot be made: %s".formatted(name, Failure.reason(failure)),
                    Origin.of(type).toString(),
                    Failure.leaveOut(name)));
        }
    }

    /** Whether a class is to be loaded, or told of, now; from then on it counts as seen. */
    private boolean concerns(String className) {
        if (without.contains(className)) {
            leftOut.add(className);
            return false;
        }
        return (!onlyOurs || Plugin.ours(className)) && seen.add(className);
    }

    private void explain(List<Throwable> failures, List<String> loaded, ClassLoader loader) {
        Map<String, String> listed = listed(loader);
        listed.keySet().removeAll(loaded);
        for (Throwable failure : failures) {
            Optional<String> name = listed.keySet().stream()
                    .filter(candidate -> causes(candidate, failure, loader))
                    .findFirst();
            String jar = name.map(listed::remove).orElse(null);
            if (name.isEmpty() && !onlyOurs) {
                problems.add(Problem.of("A plugin cannot be loaded: " + Failure.reason(failure))
                        .fix("mend or remove its jar, or use Gaze.builder().onlyGivenPlugins()"));
            } else if (name.isPresent() && concerns(name.get())) {
                problems.add(new Problem(
                        "Plugin class '%s' cannot be loaded: %s".formatted(name.get(), Failure.reason(failure)),
                        new Origin(name.get(), String.valueOf(jar)).toString(),
                        "put what is missing on the class path, remove the jar, or " + Failure.leaveOut(name.get())));
            }
        }
    }

    private static boolean causes(String className, Throwable failure, ClassLoader loader) {
        if (failure instanceof ServiceConfigurationError) {
            return String.valueOf(failure.getMessage()).contains(" " + className + " ");
        }
        try {
            Class.forName(className, false, loader).getConstructor();
            return false;
        } catch (LinkageError same) {
            return same.getClass() == failure.getClass()
                    && String.valueOf(same.getMessage()).equals(String.valueOf(failure.getMessage()));
        } catch (ReflectiveOperationException other) {
            return false;
        }
    }

    /** The class names of all service files, each with its jar. What cannot be read is left to ServiceLoader's words. */
    private static Map<String, String> listed(ClassLoader loader) {
        Map<String, String> listed = new LinkedHashMap<>();
        try {
            for (URL file : Collections.list(loader.getResources(SERVICE_FILE))) {
                for (String line : lines(file)) {
                    String name = line.replaceFirst("#.*", "").strip();
                    if (!name.isEmpty()) {
                        listed.putIfAbsent(name, Origin.jarOf(file));
                    }
                }
            }
        } catch (IOException unreadable) {
            return listed; // the failures themselves are told all the same, only without a name
        }
        return listed;
    }

    private static List<String> lines(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // a cached jar would stay open, and locked on Windows
        try (InputStream in = connection.getInputStream();
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
