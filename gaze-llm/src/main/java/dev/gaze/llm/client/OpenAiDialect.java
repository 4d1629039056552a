package dev.gaze.llm.client;

import dev.gaze.api.chat.AnswerFormat;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenAI's chat completions, as OpenRouter, LM Studio, llama.cpp, vLLM and Ollama's {@code /v1} speak them (G49).
 *
 * @param spelled messages of earlier turns, which come again in every further one
 */
record OpenAiDialect(Spelled spelled) implements Dialect {

    @Override
    public List<String> path() {
        return List.of("chat", "completions");
    }

    @Override
    public JsonObject body(Question question, boolean usageWanted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", question.model());
        body.put("messages", spelled.all(question.messages(), OpenAiDialect::message));
        if (!question.tools().isEmpty()) {
            body.put("tools", question.tools().stream().map(OpenAiDialect::tool).toList());
            if (!question.mayCall()) {
                body.put("tool_choice", "none");
            }
        }
        if (question.format() instanceof AnswerFormat.Schema schema) {
            body.put(
                    "response_format",
                    JsonObject.of(
                            "type",
                            "json_schema",
                            "json_schema",
                            JsonObject.of("name", schema.name(), "schema", schema.schema())));
        } else if (question.format() instanceof AnswerFormat.Json) {
            body.put("response_format", JsonObject.of("type", "json_object"));
        }
        if (question.temperature() != null) {
            body.put("temperature", question.temperature());
        }
        if (question.maxTokens() != null) {
            body.put("max_tokens", question.maxTokens());
        }
        body.put("stream", question.stream());
        if (question.stream() && usageWanted) {
            body.put("stream_options", JsonObject.of("include_usage", true));
        }
        return (JsonObject) JsonValue.of(body);
    }

    private static JsonObject message(ChatMessage message) {
        if (message instanceof ChatMessage.System) {
            return JsonObject.of("role", "system", "content", message.text());
        }
        if (message instanceof ChatMessage.User user) {
            return JsonObject.of("role", "user", "content", content(user));
        }
        if (message instanceof ChatMessage.ToolResult result) {
            return JsonObject.of("role", "tool", "tool_call_id", result.call().id(), "content", result.text());
        }
        JsonObject said = JsonObject.of("role", "assistant", "content", message.text());
        List<ToolCall> calls = ((ChatMessage.Assistant) message).calls();
        return calls.isEmpty()
                ? said
                : said.with(
                        "tool_calls",
                        JsonValue.of(calls.stream().map(OpenAiDialect::call).toList()));
    }

    private static JsonValue content(ChatMessage.User user) {
        if (user.images().isEmpty()) {
            return new JsonText(user.text());
        }
        List<JsonObject> parts = new ArrayList<>();
        if (!user.text().isEmpty()) {
            parts.add(JsonObject.of("type", "text", "text", user.text()));
        }
        for (ChatImage image : user.images()) {
            String url = "data:" + image.mediaType() + ";base64,"
                    + Base64.getEncoder().encodeToString(image.bytes());
            parts.add(JsonObject.of("type", "image_url", "image_url", JsonObject.of("url", url)));
        }
        return JsonValue.of(parts);
    }

    private static JsonObject call(ToolCall call) {
        return JsonObject.of(
                "id",
                call.id(),
                "type",
                "function",
                "function",
                JsonObject.of("name", call.tool(), "arguments", arguments(call)));
    }

    /** As a text, to the letter where it can be. */
    private static String arguments(ToolCall call) {
        JsonObject given = Dialect.given(call);
        return given.members().isEmpty() ? "{}" : call.arguments();
    }

    static JsonObject tool(ChatTool tool) {
        return JsonObject.of(
                "type",
                "function",
                "function",
                JsonObject.of("name", tool.id(), "description", tool.description(), "parameters", tool.parameters()));
    }

    @Override
    public void read(JsonObject piece, Gathering into) {
        piece.text("model").ifPresent(into::model);
        if (piece.get("usage").orElse(null) instanceof JsonObject usage) {
            into.usage(new ChatUsage(
                    Dialect.number(usage, "prompt_tokens", 0), Dialect.number(usage, "completion_tokens", 0)));
        }
        List<JsonObject> choices = Dialect.items(piece, "choices");
        if (choices.isEmpty()) {
            return;
        }
        JsonObject choice = choices.get(0); // we never ask for several
        if (choice.get("message").orElse(null) instanceof JsonObject message) {
            message(message, into);
            into.whole();
        } else {
            message(choice.object("delta"), into);
        }
        choice.get("finish_reason")
                .filter(JsonText.class::isInstance)
                .ifPresent(reason -> into.finish(finish(((JsonText) reason).value())));
    }

    private static void message(JsonObject message, Gathering into) {
        String thoughts = Dialect.text(message, "reasoning_content");
        into.thoughts(thoughts.isEmpty() ? Dialect.text(message, "reasoning") : thoughts);
        JsonValue content = message.get("content").orElse(null);
        if (content instanceof JsonText text) {
            into.words(text.value());
        } else if (content instanceof JsonArray) {
            Dialect.items(message, "content").forEach(part -> into.words(Dialect.text(part, "text")));
        }
        for (JsonObject call : Dialect.items(message, "tool_calls")) {
            JsonObject function = call.object("function");
            into.call(
                    Dialect.number(call, "index", -1),
                    Dialect.text(call, "id"),
                    Dialect.text(function, "name"),
                    Dialect.arguments(function));
        }
    }

    private static Finish finish(String reason) {
        return switch (reason) {
            case "stop", "tool_calls", "function_call", "eos", "end_turn" -> Finish.COMPLETE;
            case "length", "max_tokens" -> Finish.LENGTH;
            case "content_filter" -> Finish.FILTERED;
            default -> Finish.UNKNOWN;
        };
    }

    @Override
    public List<String> modelsPath() {
        return List.of("models");
    }

    @Override
    public List<String> models(JsonObject answer) {
        return Dialect.names(answer, "data", "id");
    }
}
