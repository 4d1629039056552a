package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.NodeDefinition.Input;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ComfyUI makes of a literal. It is forgiving: it hands numbers and texts to Python's {@code int()} and
 * {@code float()}, so {@code "64"} and {@code 64.9} are both 64, and any value at all is a text or a truth value.
 */
final class Literal {
    /** The types a widget gives. */
    static final Set<String> TYPES = Set.of("INT", "FLOAT", "STRING", "BOOLEAN", ObjectInfo.CHOICE);

    private static final Pattern INT = Pattern.compile("\\s*[+-]?\\d+(_\\d+)*\\s*");
    private static final Pattern FLOAT = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");
    private static final Pattern NO_NUMBER_BUT_FLOAT =
            Pattern.compile("\\s*[+-]?(inf|infinity|nan)\\s*", Pattern.CASE_INSENSITIVE);

    private Literal() {}

    /**
     * Why the server would refuse a value.
     *
     * @return a problem that goes on behind the name of the input; empty when the value is accepted
     */
    static Optional<Problem> refusal(JsonValue given, Input input) {
        JsonValue value = unwrap(given);
        return switch (input.type()) {
            case "INT" -> number(value, input, INT, "a whole number");
            case "FLOAT" -> number(value, input, FLOAT, "a number");
            case ObjectInfo.CHOICE -> choice(value, input);
            default -> Optional.empty();
        };
    }

    /** A list given as a value is wrapped, so that it is not taken for a link. */
    private static JsonValue unwrap(JsonValue given) {
        return given instanceof JsonObject wrapped ? wrapped.get("__value__").orElse(given) : given;
    }

    private static Optional<Problem> number(JsonValue value, Input input, Pattern pattern, String expected) {
        if (pattern == FLOAT
                && value instanceof JsonText text
                && NO_NUMBER_BUT_FLOAT.matcher(text.value()).matches()) {
            return Optional.empty();
        }
        BigDecimal number = number(value, pattern);
        if (number == null) {
            return Optional.of(Problem.of("is %s; expected %s".formatted(value.describe(), expected)));
        }
        if (pattern == INT) {
            number = number.setScale(0, RoundingMode.DOWN);
        }
        boolean below = input.min() != null && number.compareTo(input.min()) < 0;
        boolean above = input.max() != null && number.compareTo(input.max()) > 0;
        return below || above
                ? Optional.of(Problem.of("is %s; the server accepts %s".formatted(value.describe(), range(input))))
                : Optional.empty();
    }

    private static @Nullable BigDecimal number(JsonValue value, Pattern pattern) {
        if (value instanceof JsonNumber number) {
            return new BigDecimal(number.text());
        }
        if (value instanceof JsonBoolean truth) {
            return truth.value() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return value instanceof JsonText text && pattern.matcher(text.value()).matches()
                ? new BigDecimal(text.value().strip().replace("_", ""))
                : null;
    }

    private static String range(Input input) {
        if (input.min() == null) {
            return "at most " + text(input.max());
        }
        return input.max() == null ? "at least " + text(input.min()) : text(input.min()) + " to " + text(input.max());
    }

    private static String text(@Nullable BigDecimal limit) {
        return limit == null ? "" : limit.toPlainString();
    }

    private static Optional<Problem> choice(JsonValue value, Input input) {
        List<String> options = input.options();
        String chosen = value instanceof JsonText text ? text.value() : value.toString();
        if (options == null || options.contains(chosen)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of("is %s, which the server does not have".formatted(value.describe()))
                .fix(new ServerFiles(options).nearest(chosen)));
    }
}
