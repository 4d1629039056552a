package dev.gaze.llm.loop;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds arguments against the schema of their tool. Safe for use by several threads. */
final class ArgumentCheck {
    private static final int REMEMBERED = 200;
    private static final int TOLD = 5;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonObject, Schema> schemas = new ConcurrentHashMap<>();

    /** Arguments as an object; null when they are none. */
    static @Nullable JsonObject read(String arguments) {
        try {
            return Json.object(arguments);
        } catch (GazeException noObject) {
            return null;
        }
    }

    /** What is wrong with arguments, a sentence each; empty when they fit. */
    List<String> wrong(ChatTool tool, JsonObject arguments) {
        return schema(tool.parameters()).validate(text(arguments), InputFormat.JSON).stream()
                .limit(TOLD)
                .map(error -> {
                    String place = error.getInstanceLocation().toString();
                    return (place.isEmpty() ? "" : place + " ") + error.getMessage();
                })
                .toList();
    }

    private Schema schema(JsonObject parameters) {
        if (schemas.size() > REMEMBERED) { // tools whose schemas change at every call would fill the memory
            schemas.clear();
        }
        return schemas.computeIfAbsent(parameters, schema -> registry.getSchema(text(schema), InputFormat.JSON));
    }

    private static String text(JsonObject object) {
        return new String(Json.compact(object), StandardCharsets.UTF_8);
    }
}
