package dev.gaze.llm.client;

import dev.gaze.api.chat.AnswerFormat;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatTool;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one turn asks, with everything decided.
 *
 * @param model the model
 * @param messages the conversation so far
 * @param tools what the model may call
 * @param mayCall whether it may still call them; otherwise they are only shown, since earlier messages speak of them
 * @param format what form the answer should have
 * @param temperature how freely the model chooses; null for the server's default
 * @param maxTokens how long the answer may be; null for the server's default
 * @param silence how long the server may send nothing
 * @param stream whether the answer is wanted piece by piece
 */
public record Question(
        String model,
        List<ChatMessage> messages,
        List<ChatTool> tools,
        boolean mayCall,
        AnswerFormat format,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        Duration silence,
        boolean stream) {

    Question with(List<ChatMessage> messages, List<ChatTool> tools, AnswerFormat format) {
        return new Question(model, messages, tools, mayCall, format, temperature, maxTokens, silence, stream);
    }
}
