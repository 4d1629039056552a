package dev.gaze.comfy.embedded.validation;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Turns the value of a widget into what its type asks for, as Python's {@code int}, {@code float}, {@code str}, {@code bool}. */
final class WidgetValue {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9](_?[0-9])*\\.?([0-9](_?[0-9])*)?|\\.[0-9](_?[0-9])*)([eE][+-]?[0-9]+)?");

    private WidgetValue() {}

    /** The value cannot be converted; the message is Python's. */
    static final class Unconvertible extends Exception {
        private static final long serialVersionUID = 1L;

        Unconvertible(String message) {
            super(message, null, false, false);
        }
    }

    static JsonValue convert(String type, JsonValue value) throws Unconvertible {
        return switch (type) {
            case "INT" -> whole(value);
            case "FLOAT" -> decimal(value);
            case "STRING" -> value instanceof JsonText ? value : new JsonText(PythonText.str(value));
            case "BOOLEAN" -> value instanceof JsonBoolean ? value : JsonBoolean.of(truth(value));
            default -> value;
        };
    }

    private static JsonValue whole(JsonValue value) throws Unconvertible {
        if (value instanceof JsonNumber number) {
            if (PythonText.isFloat(number) && Double.isInfinite(number.asDouble())) {
                throw new Unconvertible("cannot convert float infinity to integer");
            }
            return PythonText.isFloat(number) ? JsonNumber.of(number.asBigInteger()) : number;
        }
        if (value instanceof JsonBoolean truth) {
            return JsonNumber.of(truth.value() ? 1 : 0);
        }
        if (value instanceof JsonText text) {
            String digits = text.value().strip();
            if (WHOLE.matcher(digits).matches()) {
                return JsonNumber.of(new BigDecimal(digits.replace("_", "")).toBigInteger());
            }
            throw new Unconvertible("invalid literal for int() with base 10: " + PythonText.repr(value));
        }
        throw new Unconvertible("int() argument must be a string, a bytes-like object or a real number, not '"
                + PythonText.typeName(value) + "'");
    }

    private static JsonValue decimal(JsonValue value) throws Unconvertible {
        if (value instanceof JsonNumber number) {
            return floating(number.asDouble());
        }
        if (value instanceof JsonBoolean truth) {
            return floating(truth.value() ? 1 : 0);
        }
        if (value instanceof JsonText text) {
            String digits = text.value().strip();
            if (DECIMAL.matcher(digits).matches()) {
                return floating(Double.parseDouble(digits.replace("_", "")));
            }
            throw new Unconvertible("could not convert string to float: " + PythonText.repr(value));
        }
        throw new Unconvertible(
                "float() argument must be a string or a real number, not '" + PythonText.typeName(value) + "'");
    }

    private static JsonNumber floating(double value) throws Unconvertible {
        if (!Double.isFinite(value)) {
            throw new Unconvertible("the number is beyond what JSON can answer");
        }
        return new JsonNumber(PythonText.floating(value));
    }

    private static boolean truth(JsonValue value) {
        if (value instanceof JsonText text) {
            return !text.value().isEmpty();
        }
        if (value instanceof JsonNumber number) {
            return number.asDouble() != 0;
        }
        if (value instanceof JsonArray list) {
            return !list.items().isEmpty();
        }
        return !(value instanceof JsonNull) && !((JsonObject) value).members().isEmpty();
    }
}
