package dev.gaze.api.chat;

import dev.gaze.api.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked. Immutable; {@code with…} and {@code and…} give changed copies.
 *
 * <pre>{@code
 * ChatRequest.of("Tags for a knight in the rain, please.")
 *         .withSystem("You answer with Danbooru tags.")
 *         .withTools(searchTags, validateTags)
 *         .withTemperature(0.4)
 * }</pre>
 *
 * @param model the model; null for the one of the {@link ChatSettings}
 * @param messages the conversation so far, at least one
 * @param tools what the model may call; names are unique
 * @param format what form the answer should have
 * @param temperature how freely the model chooses, 0 … 2; null for the server's default
 * @param maxTokens how long the answer may be, 1 or more; null for the server's default
 * @param silence how long the server may send nothing; null for the limit of the {@link ChatSettings}
 * @param toolLimits how far the model may go with tools
 */
public record ChatRequest(
        @Nullable String model,
        List<ChatMessage> messages,
        List<ChatTool> tools,
        AnswerFormat format,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        @Nullable Duration silence,
        ToolLimits toolLimits) {

    /** Checks ranges and names, and copies the lists. */
    public ChatRequest {
        model = model == null || model.isBlank() ? null : model.strip();
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(toolLimits, "toolLimits");
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A request to a model needs a message");
        }
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) { // this way round so that NaN fails too
            throw new IllegalArgumentException("The temperature is " + temperature + "; accepted are 0 to 2");
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new IllegalArgumentException(
                    "An answer of " + maxTokens + " tokens was asked for; accepted are 1 or more");
        }
        if (silence != null && (silence.isNegative() || silence.isZero())) {
            throw new IllegalArgumentException("A silence of " + silence + " was asked for; it must be more than zero");
        }
        Set<String> names = new HashSet<>();
        for (ChatTool tool : tools) {
            if (!tool.id().matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException(
                        "A tool is named '%s'; models know names of letters, digits, _ and -, at most 64"
                                .formatted(tool.id()));
            }
            if (!names.add(tool.id())) {
                throw new IllegalArgumentException("Two tools are named '" + tool.id() + "'");
            }
        }
    }

    /**
     * One question, with nothing else said.
     *
     * @param question what the person says
     * @return the request
     */
    public static ChatRequest of(String question) {
        return of(List.of(new ChatMessage.User(question)));
    }

    /**
     * A conversation.
     *
     * @param messages at least one
     * @return the request
     */
    public static ChatRequest of(List<? extends ChatMessage> messages) {
        return new ChatRequest(
                null, List.copyOf(messages), List.of(), AnswerFormat.TEXT, null, null, null, ToolLimits.DEFAULT);
    }

    /**
     * With another model.
     *
     * @param model its name; null for the one of the settings
     * @return a changed copy
     */
    public ChatRequest withModel(@Nullable String model) {
        return new ChatRequest(model, messages, tools, format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With other messages.
     *
     * @param messages all of them
     * @return a changed copy
     */
    public ChatRequest withMessages(List<? extends ChatMessage> messages) {
        return new ChatRequest(
                model, List.copyOf(messages), tools, format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With a system text in front, in place of the one that stands there.
     *
     * @param text the instructions
     * @return a changed copy
     */
    public ChatRequest withSystem(String text) {
        List<ChatMessage> all = new ArrayList<>(messages);
        if (all.get(0) instanceof ChatMessage.System) {
            all.remove(0);
        }
        all.add(0, new ChatMessage.System(text));
        return withMessages(all);
    }

    /**
     * With further messages behind the others, such as those of a {@link ChatReply} and the next question.
     *
     * @param further the messages
     * @return a changed copy
     */
    public ChatRequest and(List<? extends ChatMessage> further) {
        List<ChatMessage> all = new ArrayList<>(messages);
        all.addAll(further);
        return withMessages(all);
    }

    /**
     * With one more thing the person says.
     *
     * @param text the words
     * @return a changed copy
     */
    public ChatRequest andUser(String text) {
        return and(List.of(new ChatMessage.User(text)));
    }

    /**
     * With these tools.
     *
     * @param tools what the model may call; none takes them away
     * @return a changed copy
     */
    public ChatRequest withTools(ChatTool... tools) {
        return withTools(List.of(tools));
    }

    /**
     * With these tools.
     *
     * @param tools what the model may call; an empty list takes them away
     * @return a changed copy
     */
    public ChatRequest withTools(List<? extends ChatTool> tools) {
        return new ChatRequest(
                model, messages, List.copyOf(tools), format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With another form of the answer.
     *
     * @param format the form
     * @return a changed copy
     */
    public ChatRequest withFormat(AnswerFormat format) {
        return new ChatRequest(model, messages, tools, format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With an answer that fits a JSON Schema.
     *
     * @param name what to call it
     * @param schema the schema
     * @return a changed copy
     */
    public ChatRequest withSchema(String name, JsonObject schema) {
        return withFormat(AnswerFormat.schema(name, schema));
    }

    /**
     * With another temperature.
     *
     * @param temperature 0 … 2; null for the server's default
     * @return a changed copy
     */
    public ChatRequest withTemperature(@Nullable Double temperature) {
        return new ChatRequest(model, messages, tools, format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With another length of the answer.
     *
     * @param maxTokens 1 or more; null for the server's default
     * @return a changed copy
     */
    public ChatRequest withMaxTokens(@Nullable Integer maxTokens) {
        return new ChatRequest(model, messages, tools, format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With another limit of silence.
     *
     * @param silence more than zero; null for the limit of the settings
     * @return a changed copy
     */
    public ChatRequest withSilence(@Nullable Duration silence) {
        return new ChatRequest(model, messages, tools, format, temperature, maxTokens, silence, toolLimits);
    }

    /**
     * With other limits for tools.
     *
     * @param toolLimits how far the model may go
     * @return a changed copy
     */
    public ChatRequest withToolLimits(ToolLimits toolLimits) {
        return new ChatRequest(model, messages, tools, format, temperature, maxTokens, silence, toolLimits);
    }
}
