package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.llm.schema.SchemaCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds arguments against the schema of their tool. Safe for use by several threads. */
final class ArgumentCheck {
    private static final int TOLD = 5;

    private final SchemaCheck schemas = new SchemaCheck();

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
        return schemas.misfits(tool.parameters(), arguments).stream()
                .limit(TOLD)
                .map(misfit -> (misfit.place().isEmpty() ? "" : misfit.place() + " ") + misfit.what())
                .toList();
    }
}
