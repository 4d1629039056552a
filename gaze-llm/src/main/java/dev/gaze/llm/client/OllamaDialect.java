package dev.gaze.llm.client;

import dev.gaze.api.chat.AnswerFormat;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ollama's own {@code /api/chat}.
 *
 * @param spelled messages of earlier turns, which come again in every further one
 */
record OllamaDialect(Spelled spelled) implements Dialect {

    @Override
    public List<String> path() {
        return List.of("api", "chat");
    }

    @Override
    public JsonObject body(Question question, boolean usageWanted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", question.model());
        body.put("messages", spelled.all(question.messages(), OllamaDialect::message));
        // Ollama knows no way to show tools without offering them.
        if (!question.tools().isEmpty() && question.mayCall()) {
            body.put("tools", question.tools().stream().map(OpenAiDialect::tool).toList());
        }
        addCommon(question, body);
        return (JsonObject) JsonValue.of(body);
    }

    /** Format, options and streaming, which both of Ollama's ways of asking have. */
    static void addCommon(Question question, Map<String, Object> body) {
        if (question.format() instanceof AnswerFormat.Schema schema) {
            body.put("format", schema.schema());
        } else if (question.format() instanceof AnswerFormat.Json) {
            body.put("format", "json");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        if (question.temperature() != null) {
            options.put("temperature", question.temperature());
        }
        if (question.maxTokens() != null) {
            options.put("num_predict", question.maxTokens());
        }
        if (!options.isEmpty()) {
            body.put("options", options);
        }
        body.put("stream", question.stream());
    }

    static List<String> images(ChatMessage.User user) {
        return user.images().stream()
                .map(ChatImage::bytes)
                .map(Base64.getEncoder()::encodeToString)
                .toList();
    }

    private static JsonObject message(ChatMessage message) {
        if (message instanceof ChatMessage.System) {
            return JsonObject.of("role", "system", "content", message.text());
        }
        if (message instanceof ChatMessage.User user) {
            JsonObject said = JsonObject.of("role", "user", "content", user.text());
            return user.images().isEmpty() ? said : said.with("images", JsonValue.of(images(user)));
        }
        if (message instanceof ChatMessage.ToolResult result) {
            return JsonObject.of("role", "tool", "tool_name", result.call().tool(), "content", result.text());
        }
        JsonObject said = JsonObject.of("role", "assistant", "content", message.text());
        List<ToolCall> calls = ((ChatMessage.Assistant) message).calls();
        return calls.isEmpty()
                ? said
                : said.with(
                        "tool_calls",
                        JsonValue.of(calls.stream().map(OllamaDialect::call).toList()));
    }

    private static JsonObject call(ToolCall call) {
        return JsonObject.of("function", JsonObject.of("name", call.tool(), "arguments", Dialect.given(call)));
    }

    @Override
    public void read(JsonObject piece, Gathering into) {
        JsonObject message = piece.object("message");
        into.thoughts(Dialect.text(message, "thinking"));
        into.words(Dialect.text(message, "content"));
        for (JsonObject call : Dialect.items(message, "tool_calls")) {
            JsonObject function = call.object("function");
            // Each comes whole, and all of one answer may come with the same index.
            into.call(-1, Dialect.text(call, "id"), Dialect.text(function, "name"), Dialect.arguments(function));
        }
        readEnd(piece, into);
    }

    /** What both of Ollama's ways of answering have at their end. */
    static void readEnd(JsonObject piece, Gathering into) {
        piece.text("model").ifPresent(into::model);
        if (piece.get("done").orElse(null) == JsonBoolean.TRUE) {
            into.usage(new ChatUsage(
                    Dialect.number(piece, "prompt_eval_count", 0), Dialect.number(piece, "eval_count", 0)));
            into.finish(
                    piece.get("done_reason").orElse(null) instanceof JsonText reason
                                    && reason.value().equals("length")
                            ? Finish.LENGTH
                            : Finish.COMPLETE);
            into.end();
        }
    }

    @Override
    public List<String> modelsPath() {
        return List.of("api", "tags");
    }

    @Override
    public List<String> models(JsonObject answer) {
        return Dialect.names(answer, "models", "name");
    }
}
