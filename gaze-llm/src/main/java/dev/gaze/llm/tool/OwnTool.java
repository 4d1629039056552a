package dev.gaze.llm.tool;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.concurrent.Callable;

/**
 * A tool as data and a function.
 *
 * @param id the name the model calls it by
 * @param description what it does, for the model
 * @param parameters the JSON Schema of its arguments
 * @param repeatable whether the same call may answer something else a moment later
 * @param work does it
 */
record OwnTool(String id, String description, JsonObject parameters, boolean repeatable, Work work)
        implements ChatTool {

    /** What a tool does. */
    @FunctionalInterface
    interface Work {
        /** As {@link Callable#call}, with arguments that fit the schema. */
        JsonValue run(JsonObject arguments) throws Exception;
    }

    /** A tool whose schema is given as text. */
    static OwnTool of(String id, String description, String parameters, Work work) {
        return new OwnTool(id, description, Json.object(parameters), false, work);
    }

    /** The same tool, for what changes by itself. */
    OwnTool repeated() {
        return new OwnTool(id, description, parameters, true, work);
    }

    @Override
    public JsonValue run(JsonObject arguments) throws Exception {
        return work.run(arguments);
    }
}
