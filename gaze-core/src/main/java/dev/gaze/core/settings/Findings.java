package dev.gaze.core.settings;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a settings file, each with its line, so that nobody mends it one error at a time. */
final class Findings {
    private final String file;
    private final byte[] bytes;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Findings(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    void problem(List<String> path, String what, @Nullable String fix) {
        problems.add(Problem.of(what).at(place(path)).fix(fix));
    }

    void warning(List<String> path, String what, @Nullable String fix) {
        warnings.add(Problem.of(what).at(place(path)).fix(fix));
    }

    /** A text that is not blank; empty when there is none, with a problem noted when something else stands there. */
    Optional<String> text(JsonObject object, List<String> path) {
        String key = path.get(path.size() - 1);
        JsonValue value = object.get(key).orElse(null);
        if (value instanceof JsonText text && !text.value().isBlank()) {
            return Optional.of(text.value().strip());
        }
        if (value != null) {
            problem(path, "'%s' is blank or no text".formatted(key), "write a text");
        }
        return Optional.empty();
    }

    List<Problem> warnings() {
        return warnings;
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            String headline = problems.size() == 1 ? null : problems.size() + " problems with the settings";
            throw new GazeException(Kind.INVALID, headline, problems);
        }
    }

    private String place(List<String> path) {
        OptionalInt line = Json.line(bytes, path);
        return line.isPresent() ? file + ":" + line.getAsInt() : file;
    }
}
