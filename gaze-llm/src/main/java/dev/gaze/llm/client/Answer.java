package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.problem.Problem;
import java.util.List;

/**
 * What one turn answered.
 *
 * @param text the words, without thoughts
 * @param calls the tools it asks for
 * @param usage the tokens of this turn
 * @param model the model, as the server names it; as it was asked for when the server does not say
 * @param finish why it ended
 * @param warnings what was odd about it
 */
public record Answer(
        String text, List<ToolCall> calls, ChatUsage usage, String model, Finish finish, List<Problem> warnings) {

    /** Copies the lists. */
    public Answer {
        calls = List.copyOf(calls);
        warnings = List.copyOf(warnings);
    }
}
