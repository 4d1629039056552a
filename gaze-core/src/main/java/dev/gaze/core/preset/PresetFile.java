package dev.gaze.core.preset;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One file of presets, parsed. A broken one holds nothing but its problems.
 *
 * @param name how messages name it
 * @param bytes its content
 * @param json what it says; empty when it is broken
 * @param problems why it is broken; empty when it is not
 */
record PresetFile(String name, byte[] bytes, JsonObject json, List<Problem> problems) {
    private static final Set<String> OF_A_HIERARCHY = Set.of(
            HierarchyReader.CATEGORIES, HierarchyReader.PACKS, HierarchyReader.UNIVERSAL, HierarchyReader.QUALITY_TAGS);

    static PresetFile parse(String name, byte[] bytes, JsonLimits limits) {
        try {
            return new PresetFile(name, bytes, Json.object(bytes, limits), List.of());
        } catch (GazeException broken) {
            return broken(
                    name,
                    bytes,
                    broken.problems().stream()
                            .map(problem -> problem.at(name + (problem.where() == null ? "" : ":" + problem.where()))
                                    .fix("mend the JSON; until then the file counts for nothing"))
                            .toList());
        }
    }

    static PresetFile broken(String name, byte[] bytes, List<Problem> problems) {
        return new PresetFile(name, bytes, JsonObject.empty(), problems);
    }

    boolean isHierarchy() {
        return json.members().keySet().stream().anyMatch(OF_A_HIERARCHY::contains);
    }

    /** Whether somebody looked at the same content before. */
    boolean holds(String otherName, byte[] otherBytes) {
        return name.equals(otherName) && Arrays.equals(bytes, otherBytes);
    }

    /** A problem with what stands below a path of keys. */
    Problem problem(List<String> path, String what, @Nullable String fix) {
        OptionalInt line = Json.line(bytes, path);
        return new Problem(what, name + (line.isPresent() ? ":" + line.getAsInt() : ""), fix);
    }

    /** The name, and whether it is broken: the content may be large. */
    @Override
    public String toString() {
        return name + problems.stream().map(problem -> "\n" + problem).collect(Collectors.joining());
    }
}
