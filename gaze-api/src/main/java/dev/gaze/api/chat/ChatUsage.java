package dev.gaze.api.chat;

/**
 * How many tokens were used, all turns together.
 *
 * @param prompt tokens the model read; 0 when the server does not say
 * @param answer tokens the model wrote; 0 when the server does not say
 */
public record ChatUsage(long prompt, long answer) {
    /** The server does not say. */
    public static final ChatUsage UNKNOWN = new ChatUsage(0, 0);

    /** Numbers below zero, which some servers send for unknown, become 0. */
    public ChatUsage {
        prompt = Math.max(0, prompt);
        answer = Math.max(0, answer);
    }

    /**
     * This and another turn's together.
     *
     * @param other the other turn
     * @return the sum
     */
    public ChatUsage plus(ChatUsage other) {
        return new ChatUsage(prompt + other.prompt, answer + other.answer);
    }

    /**
     * Both together.
     *
     * @return tokens
     */
    public long total() {
        return prompt + answer;
    }
}
