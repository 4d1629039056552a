package dev.gaze.llm.mcp;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON as the plain Java values the MCP SDK works with; the way back is {@link JsonValue#of}. */
final class JavaValues {
    private JavaValues() {}

    static Map<String, Object> of(JsonObject object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.members().forEach((key, value) -> members.put(key, of(value)));
        return members;
    }

    private static @Nullable Object of(JsonValue value) {
        if (value instanceof JsonObject object) {
            return of(object);
        }
        if (value instanceof JsonArray array) {
            return array.items().stream().map(item -> of(item)).collect(Collectors.toList());
        }
        if (value instanceof JsonText text) {
            return text.value();
        }
        if (value instanceof JsonNumber number) {
            return new BigDecimal(number.text());
        }
        return value instanceof JsonBoolean truth ? truth.value() : null;
    }
}
