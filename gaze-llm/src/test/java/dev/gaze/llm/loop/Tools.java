package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;

/** Tools for tests. All take one text. */
final class Tools {
    static final JsonObject TEXT = Json.object(
            "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}");

    private Tools() {}

    /** What a tool does. */
    interface Work {
        JsonValue of(String text) throws Exception;
    }

    static ChatTool named(String name, Work work) {
        return new ChatTool() {
            @Override
            public String id() {
                return name;
            }

            @Override
            public String description() {
                return "Does what a test wants.";
            }

            @Override
            public JsonObject parameters() {
                return TEXT;
            }

            @Override
            public JsonValue run(JsonObject arguments) throws Exception {
                return work.of(arguments.text("text").orElseThrow());
            }
        };
    }

    /** The same tool, which may be called with the same arguments again and again. */
    static ChatTool repeatable(ChatTool tool) {
        return new ChatTool() {
            @Override
            public String id() {
                return tool.id();
            }

            @Override
            public String description() {
                return tool.description();
            }

            @Override
            public JsonObject parameters() {
                return tool.parameters();
            }

            @Override
            public boolean repeatable() {
                return true;
            }

            @Override
            public JsonValue run(JsonObject arguments) throws Exception {
                return tool.run(arguments);
            }
        };
    }

    /** Says what it is given. */
    static ChatTool echo() {
        return named("echo", JsonText::new);
    }
}
