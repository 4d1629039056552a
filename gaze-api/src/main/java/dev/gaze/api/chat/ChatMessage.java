package dev.gaze.api.chat;

import java.util.List;
import java.util.Objects;

/** One message of a conversation. */
public sealed interface ChatMessage {

    /**
     * What was said.
     *
     * @return the text; may be empty
     */
    String text();

    /**
     * Tells the model how to behave.
     *
     * @param text the instructions
     */
    record System(String text) implements ChatMessage {
        /** Checks that there is a text. */
        public System {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * What the person says.
     *
     * @param text the words; may be empty beside pictures
     * @param images pictures to look at, for a model that can
     */
    record User(String text, List<ChatImage> images) implements ChatMessage {
        /** Copies the list. */
        public User {
            Objects.requireNonNull(text, "text");
            images = List.copyOf(images);
        }

        /**
         * Words alone.
         *
         * @param text the words
         */
        public User(String text) {
            this(text, List.of());
        }
    }

    /**
     * What the model said.
     *
     * @param text its words; may be empty beside calls
     * @param calls the tools it asked for, in its order
     */
    record Assistant(String text, List<ToolCall> calls) implements ChatMessage {
        /** Copies the list. */
        public Assistant {
            Objects.requireNonNull(text, "text");
            calls = List.copyOf(calls);
        }

        /**
         * Words alone.
         *
         * @param text the words
         */
        public Assistant(String text) {
            this(text, List.of());
        }
    }

    /**
     * What a tool answered. Stands behind the message that called it.
     *
     * @param call the call it answers
     * @param text the result, or what was wrong with the call
     * @param failed whether the call went wrong
     */
    record ToolResult(ToolCall call, String text, boolean failed) implements ChatMessage {
        /** Checks that nothing is missing. */
        public ToolResult {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(text, "text");
        }
    }
}
