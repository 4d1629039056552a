package dev.gaze.api.chat;

import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;

/**
 * What a model answered.
 *
 * @param text the answer, without what the model only thought
 * @param calls tools it still asked for when the loop ended; empty unless {@link Finish#TOOL_LIMIT}
 * @param usage tokens of all turns
 * @param model the model that answered, as the server names it
 * @param finish why it ended
 * @param messages what the conversation grew by: the model's messages and the results of tools, the answer last. Put
 *     them behind the request's to go on.
 * @param warnings what had to be done differently: tools the server would not take, a format it does not know
 */
public record ChatReply(
        String text,
        List<ToolCall> calls,
        ChatUsage usage,
        String model,
        Finish finish,
        List<ChatMessage> messages,
        List<Problem> warnings) {

    /** Why an answer ended. */
    public enum Finish {
        /** The model had said what it wanted to. */
        COMPLETE,
        /** The limit of tokens, the request's or the model's, was reached. */
        LENGTH,
        /** The server held something back by its own rules. */
        FILTERED,
        /** The model went on calling tools beyond {@link ToolLimits#turns}, or the same one over and over. */
        TOOL_LIMIT,
        /** The server does not say. */
        UNKNOWN
    }

    /** Copies the lists. */
    public ChatReply {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(finish, "finish");
        calls = List.copyOf(calls);
        messages = List.copyOf(messages);
        warnings = List.copyOf(warnings);
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
