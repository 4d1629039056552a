package dev.gaze.api.writer;

import java.time.Duration;
import java.util.Optional;

/**
 * Where conversations are kept between two messages (P55): in memory, in the library's database
 * ({@code gaze.conversations()}), or wherever an application wants. Called by several threads.
 *
 * <p>A store drops what was idle for {@link #IDLE} whenever something is saved.
 */
public interface ConversationStore {
    /** How long a conversation is kept after its last message. */
    Duration IDLE = Duration.ofHours(24);

    /**
     * Looks a conversation up.
     *
     * @param id which
     * @return as it was saved last; empty when there is none any more
     */
    Optional<ConversationState> find(ConversationId id);

    /**
     * Keeps a conversation in place of what was kept of it, and drops idle ones: those used last more than {@link #IDLE}
     * before this one.
     *
     * @param conversation as it stands now
     */
    void save(ConversationState conversation);

    /**
     * Forgets a conversation.
     *
     * @param id which
     * @return false when there is none
     */
    boolean delete(ConversationId id);
}
