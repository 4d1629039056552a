package dev.gaze.comfy.embedded.validation;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** Values as Python prints them, because ComfyUI's messages are made of them. */
public final class PythonText {

    private PythonText() {}

    /** What {@code str(value)} gives: texts bare, everything else as {@link #repr}. */
    public static String str(JsonValue value) {
        return value instanceof JsonText text ? text.value() : repr(value);
    }

    /** What {@code repr(value)} gives. */
    public static String repr(JsonValue value) {
        if (value instanceof JsonText text) {
            return quoted(text.value());
        }
        if (value instanceof JsonBoolean truth) {
            return truth.value() ? "True" : "False";
        }
        if (value instanceof JsonNull) {
            return "None";
        }
        if (value instanceof JsonNumber number) {
            return isFloat(number) ? floating(number.asDouble()) : number.text();
        }
        if (value instanceof JsonArray list) {
            return list.items().stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((JsonObject) value)
                .members().entrySet().stream()
                        .map(member -> quoted(member.getKey()) + ": " + repr(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What {@code type(value).__name__} gives. */
    static String typeName(JsonValue value) {
        if (value instanceof JsonText) {
            return "str";
        }
        if (value instanceof JsonBoolean) {
            return "bool";
        }
        if (value instanceof JsonNull) {
            return "NoneType";
        }
        if (value instanceof JsonNumber number) {
            return isFloat(number) ? "float" : "int";
        }
        return value instanceof JsonArray ? "list" : "dict";
    }

    /** Whether Python's JSON reader makes a float of it. */
    static boolean isFloat(JsonNumber number) {
        return number.text().chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E');
    }

    /** A float: {@code 64.0}, {@code 0.8}, {@code 1e+16}, {@code 1e-05}. */
    static String floating(double value) {
        if (Double.isInfinite(value)) { // Python reads 1e999 as such
            return value > 0 ? "inf" : "-inf";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value));
        int exponent = exact.precision() - exact.scale() - 1;
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.stripTrailingZeros().toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = exact.stripTrailingZeros().unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return "%s%se%s%02d".formatted(value < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(c);
                    } else if (c < ' ' || c == 0x7f) {
                        out.append("\\x%02x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append(quote).toString();
    }
}
