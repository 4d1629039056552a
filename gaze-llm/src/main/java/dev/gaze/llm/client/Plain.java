package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/** Tells a conversation without what some servers do not know. */
final class Plain {
    private Plain() {}

    /** The same messages with calls of tools left out and their results told by the person. */
    static List<ChatMessage> withoutTools(List<ChatMessage> messages) {
        List<ChatMessage> plain = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message instanceof ChatMessage.ToolResult result) {
                plain.add(new ChatMessage.User("Result of %s: %s".formatted(result.call(), result.text())));
            } else if (!(message instanceof ChatMessage.Assistant said)) {
                plain.add(message);
            } else if (said.calls().isEmpty()) {
                plain.add(said);
            } else if (!said.text().isBlank()) {
                plain.add(new ChatMessage.Assistant(said.text()));
            }
        }
        return plain;
    }

    /** The same messages with one more instruction behind those of the system. */
    static List<ChatMessage> withInstruction(List<ChatMessage> messages, String instruction) {
        List<ChatMessage> told = new ArrayList<>(messages);
        for (int i = told.size() - 1; i >= 0; i--) {
            if (told.get(i) instanceof ChatMessage.System system) {
                told.set(i, new ChatMessage.System(system.text() + "\n\n" + instruction));
                return told;
            }
        }
        told.add(0, new ChatMessage.System(instruction));
        return told;
    }
}
