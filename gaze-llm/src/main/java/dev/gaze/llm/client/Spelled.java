package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.json.JsonObject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The messages of one conversation as its server reads them. Every turn tells all earlier messages again, pictures too,
 * so each is spelled out once. Used by one thread at a time.
 */
final class Spelled {
    private final Map<ChatMessage, JsonObject> known = new IdentityHashMap<>();

    /** All messages, those that are new spelled out by {@code speller}; always the same one. */
    List<JsonObject> all(List<ChatMessage> messages, Function<ChatMessage, JsonObject> speller) {
        List<JsonObject> all = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            all.add(known.computeIfAbsent(message, speller));
        }
        return all;
    }
}
