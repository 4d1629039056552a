package dev.gaze.llm.writer;

import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.ConversationState;
import dev.gaze.api.writer.ConversationStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Conversations that end with this process. */
final class MemoryConversations implements ConversationStore {
    private final Map<ConversationId, ConversationState> kept = new ConcurrentHashMap<>();

    @Override
    public Optional<ConversationState> find(ConversationId id) {
        return Optional.ofNullable(kept.get(id));
    }

    @Override
    public void save(ConversationState conversation) {
        kept.values()
                .removeIf(other -> other.used().isBefore(conversation.used().minus(IDLE)));
        kept.put(conversation.id(), conversation);
    }

    @Override
    public boolean delete(ConversationId id) {
        return kept.remove(id) != null;
    }
}
