package dev.gaze.api.writer;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names a conversation, and cannot be guessed.
 *
 * @param value 16 random bytes as 32 lower case hexadecimal digits
 */
public record ConversationId(String value) {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /** Checks the form. */
    public ConversationId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A conversation id is 32 lower case hexadecimal digits");
        }
    }

    /**
     * A new id.
     *
     * @param random where its bytes come from; one that cannot be guessed, outside of tests
     * @return the id
     */
    public static ConversationId draw(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ConversationId(HexFormat.of().formatHex(bytes));
    }

    /** The digits. */
    @Override
    public String toString() {
        return value;
    }
}
