package dev.gaze.api.json;

import java.util.Objects;

/**
 * A JSON string.
 *
 * @param value the text, unescaped
 */
public record JsonText(String value) implements JsonValue {

    /** Checks that there is a text. */
    public JsonText {
        Objects.requireNonNull(value, "value");
    }

    /** The text as JSON: quoted, with quotes, backslashes and control characters escaped. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
