package dev.gaze.api.writer;

import dev.gaze.api.history.HistoryId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stands (P51).
 *
 * @param id names it
 * @param target what its prompts are for, such as {@code sdxl}
 * @param messages what was said, the instructions first
 * @param written the entry of the prompt that was written last; null for none yet
 * @param used when it was used last
 */
public record ConversationState(
        ConversationId id,
        String target,
        List<Said> messages,
        @Nullable HistoryId written,
        Instant used) {

    /** Who says something. */
    public enum Speaker {
        /** The instructions. */
        SYSTEM,
        /** The person. */
        USER,
        /** The model. */
        ASSISTANT
    }

    /**
     * One message.
     *
     * @param by who says it
     * @param text the words
     */
    public record Said(Speaker by, String text) {

        /** Checks that nothing is missing. */
        public Said {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Copies the messages. */
    public ConversationState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(used, "used");
        messages = List.copyOf(messages);
    }

    /** The id, target and number of messages, without the words. */
    @Override
    public String toString() {
        return "Conversation %s for %s, %d messages".formatted(id, target, messages.size());
    }
}
