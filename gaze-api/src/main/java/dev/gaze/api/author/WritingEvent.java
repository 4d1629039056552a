package dev.gaze.api.author;

import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;

/** Something that happened while an asset was written. */
public sealed interface WritingEvent {

    /**
     * The model is asked for an answer.
     *
     * @param number which round this is, 1 … {@value Author#ROUNDS}
     * @param wrong what was wrong with the answer before; empty in the first round
     */
    record Round(int number, List<Problem> wrong) implements WritingEvent {
        /** Copies the problems. */
        public Round {
            wrong = List.copyOf(wrong);
        }
    }

    /**
     * The model speaks, thinks, or calls a tool.
     *
     * @param event what it does
     */
    record Told(ChatEvent event) implements WritingEvent {
        /** Checks that there is an event. */
        public Told {
            Objects.requireNonNull(event, "event");
        }
    }
}
