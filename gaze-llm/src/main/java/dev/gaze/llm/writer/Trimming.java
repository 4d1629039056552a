package dev.gaze.llm.writer;

import dev.gaze.api.writer.ConversationState.Said;
import dev.gaze.api.writer.ConversationState.Speaker;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a conversation short (P54): the instructions and the last 20 messages behind them, of which those in front of the
 * first one of the person go too. The last message is kept in any case when it is the person's and waits for its answer.
 */
final class Trimming {
    static final int MOST = 20;

    private Trimming() {}

    static List<Said> trim(List<Said> messages) {
        List<Said> kept = new ArrayList<>();
        List<Said> others = new ArrayList<>();
        for (Said message : messages) {
            (message.by() == Speaker.SYSTEM ? kept : others).add(message);
        }
        if (kept.size() > 1) {
            kept.subList(0, kept.size() - 1).clear(); // the last instructions count
        }
        int from = Math.max(0, others.size() - MOST);
        while (from < others.size() && others.get(from).by() != Speaker.USER) {
            from++;
        }
        kept.addAll(others.subList(from, others.size()));
        return List.copyOf(kept);
    }
}
