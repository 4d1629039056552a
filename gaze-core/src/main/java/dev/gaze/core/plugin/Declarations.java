package dev.gaze.core.plugin;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what plugins declare, each plugin's code once. What a plugin throws, and what it returns against its word, is a
 * problem with its class and jar; the others are read all the same.
 */
final class Declarations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String NAME_FIX = "use letters, digits, '_', '-' and '.', as in 'example.poses'";

    private final Set<String> without;
    private final Set<String> leftOut = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Plugin>> byId = new TreeMap<>();
    private final Map<Plugin, List<Declared<Extension>>> byPlugin = new TreeMap<>(Plugin.READING);

    /** @param without ids and class names of plugins to leave out */
    Declarations(Set<String> without) {
        this.without = without;
    }

    /** Everything that went wrong with reading, and ids that several plugins use. */
    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        byId.values().stream()
                .filter(same -> same.size() > 1)
                .map(Declarations::sharedId)
                .forEach(all::add);
        return all;
    }

    /** Those of one type: GAZE's own first, then by plugin; within one plugin as it lists them. */
    <E extends Extension> List<Declared<E>> of(Class<E> type) {
        return byPlugin.values().stream()
                .flatMap(List::stream)
                .filter(declared -> type.isInstance(declared.extension()))
                .map(declared -> new Declared<>(
                        declared.id(), declared.position(), type.cast(declared.extension()), declared.by()))
                .toList();
    }

    /**
     * Reads plugins, in any order.
     *
     * @param wanted whether one is read, once it has told its id
     */
    void read(List<GazePlugin> plugins, Predicate<Plugin> wanted) {
        for (GazePlugin instance : plugins) {
            Plugin plugin = leavesOut(instance.getClass().getName()) ? null : named(instance);
            if (plugin != null && !leavesOut(plugin.id()) && wanted.test(plugin)) {
                byId.computeIfAbsent(plugin.id(), ignored -> new ArrayList<>()).add(plugin);
                byPlugin.computeIfAbsent(plugin, ignored -> new ArrayList<>()).addAll(extensions(plugin, instance));
            }
        }
    }

    private boolean leavesOut(String name) {
        boolean leavesOut = without.contains(name);
        if (leavesOut) {
            leftOut.add(name);
        }
        return leavesOut;
    }

    /**
     * What was to be left out, but is not there at all.
     *
     * @param already class names that were left out before they were read
     */
    List<Problem> notLeftOut(Set<String> already) {
        return without.stream()
                .filter(name -> !leftOut.contains(name) && !already.contains(name))
                .sorted()
                .map(name -> Problem.of("There is no plugin '%s' that could be left out".formatted(name))
                        .fix(NearestNames.fix(name, byId.keySet(), "plugins")))
                .toList();
    }

    private @Nullable Plugin named(GazePlugin instance) {
        Origin origin = Origin.of(instance.getClass());
        String id;
        try {
            id = instance.id();
        } catch (Throwable thrown) {
            Failure.requireTheirs(thrown);
            problems.add(new Problem(
                    "A plugin failed to tell its id: " + Failure.reason(thrown),
                    origin.toString(),
                    Failure.leaveOut(origin.className())));
            return null;
        }
        if (!accepted(id)) {
            problems.add(new Problem("Plugin id '%s' is not accepted".formatted(id), origin.toString(), NAME_FIX));
            return null;
        }
        return new Plugin(id, origin);
    }

    private static Problem sharedId(List<Plugin> plugins) {
        List<Origin> origins =
                plugins.stream().sorted(Plugin.READING).map(Plugin::origin).toList();
        return new Problem(
                "Plugin id '%s' is used %s".formatted(plugins.get(0).id(), Conflicts.times(origins.size())),
                Conflicts.and(origins.stream().map(Origin::toString).toList()),
                "remove one jar, or "
                        + Failure.leaveOut(origins.get(origins.size() - 1).className()));
    }

    private List<Declared<Extension>> extensions(Plugin plugin, GazePlugin instance) {
        List<Declared<Extension>> read = new ArrayList<>();
        try {
            List<Extension> extensions = instance.extensions();
            if (extensions == null) {
                problem(plugin, "Plugin '%s' returns no list of extensions".formatted(plugin.id()), "return List.of()");
                return read;
            }
            for (Extension extension : extensions) {
                read(plugin, extension, read);
            }
        } catch (Throwable thrown) {
            Failure.requireTheirs(thrown);
            problem(
                    plugin,
                    "Plugin '%s' failed to tell its extensions: %s".formatted(plugin.id(), Failure.reason(thrown)),
                    Failure.leaveOut(plugin.id()));
        }
        return read;
    }

    private void read(Plugin plugin, @Nullable Extension extension, List<Declared<Extension>> into) {
        if (extension == null) {
            problem(plugin, "Plugin '%s' lists an extension that is null".formatted(plugin.id()), null);
            return;
        }
        String type = extension.getClass().getName();
        String id;
        Position position;
        try {
            id = extension.id();
            position = Space.positionOf(extension);
        } catch (Throwable thrown) {
            Failure.requireTheirs(thrown);
            problem(
                    plugin,
                    "Extension of class '%s' failed to tell its id and place: %s"
                            .formatted(type, Failure.reason(thrown)),
                    Failure.leaveOut(plugin.id()));
            return;
        }
        if (!accepted(id)) {
            problem(plugin, "Extension id '%s' of class '%s' is not accepted".formatted(id, type), NAME_FIX);
        } else if (Space.of(extension).isEmpty()) {
            problem(
                    plugin,
                    "Extension '%s' is of a type that GAZE does not know: %s".formatted(id, type),
                    "known are " + Space.types() + "; was the plugin made for another version of GAZE?");
        } else if (position == null) {
            problem(
                    plugin,
                    Space.of(extension).get(0).title(id) + " gives null for its place",
                    "return Position.ANYWHERE");
        } else {
            into.add(new Declared<>(id, position, extension, plugin));
        }
    }

    private void problem(Plugin plugin, String what, @Nullable String fix) {
        problems.add(new Problem(what, plugin.toString(), fix));
    }

    private static boolean accepted(@Nullable String name) {
        return name != null && NAME.matcher(name).matches();
    }
}
