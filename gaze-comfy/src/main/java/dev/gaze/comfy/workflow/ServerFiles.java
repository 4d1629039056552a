package dev.gaze.comfy.workflow;

import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.NodeDefinition.Input;
import dev.gaze.api.workflow.ServerFacts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model files one input of one node may name on a server.
 *
 * @param names the names in the server's own spelling; null when nothing is known of them
 */
record ServerFiles(@Nullable List<String> names) {

    static ServerFiles of(ServerFacts facts, String classType, String input) {
        return new ServerFiles(facts.node(classType)
                .flatMap(node -> node.input(input))
                .map(Input::options)
                .orElse(null));
    }

    /**
     * The server's spelling of a name: it uses its own path separator and takes no other.
     *
     * @return the name as it is when nothing is known; empty when the server lacks it
     */
    Optional<String> spelling(String file) {
        if (names == null || names.contains(file)) {
            return Optional.of(file);
        }
        String wanted = slashed(file);
        return names.stream().filter(name -> slashed(name).equals(wanted)).findFirst();
    }

    /** The first file the server has. */
    Optional<String> first() {
        return names == null ? Optional.empty() : names.stream().findFirst();
    }

    /** The problem that the server lacks a file. */
    Problem missing(String kind, String file, String where) {
        return Problem.of("The server has no %s '%s'".formatted(kind, file))
                .at(where)
                .fix(nearest(file));
    }

    /**
     * What was probably meant. Folders and extensions are much alike, so only the name between them is compared; the
     * same name in another folder is nearest.
     */
    String nearest(String file) {
        if (names == null || names.isEmpty()) {
            return "the server has none at all";
        }
        List<String> known = names.stream().map(ServerFiles::slashed).sorted().toList();
        List<String> stems = known.stream().map(ServerFiles::stem).toList();
        List<String> near = stems.contains(stem(file)) ? List.of(stem(file)) : NearestNames.of(stem(file), stems);
        List<String> meant = known.stream()
                .filter(name -> near.contains(stem(name)))
                .limit(3)
                .toList();
        return meant.isEmpty()
                ? Objects.requireNonNullElse(NearestNames.fix(slashed(file), known, "the server has"), "")
                : "did you mean '" + String.join("' or '", meant) + "'?";
    }

    private static String stem(String file) {
        String path = slashed(file);
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static String slashed(String name) {
        return name.replace('\\', '/');
    }
}
