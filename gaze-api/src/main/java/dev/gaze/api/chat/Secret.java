package dev.gaze.api.chat;

import java.util.Objects;

/** A key or password. Its text is handed out by {@link #value} alone; it never prints itself. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A secret.
     *
     * @param value its text; blanks around it are removed
     * @return the secret
     * @throws IllegalArgumentException if it is blank, or holds a character that an HTTP header cannot carry; the
     *     message does not show it
     */
    public static Secret of(String value) {
        String text = Objects.requireNonNull(value, "value").strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A key is blank; leave it out when the server wants none");
        }
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("A key holds a character that an HTTP header cannot carry");
        }
        return new Secret(text);
    }

    /**
     * The text of the secret.
     *
     * @return what to send; never print it
     */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Three stars. */
    @Override
    public String toString() {
        return "***";
    }
}
