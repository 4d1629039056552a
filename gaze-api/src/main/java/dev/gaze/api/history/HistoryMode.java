package dev.gaze.api.history;

import java.util.Locale;

/** How an entry came about (P37). */
public enum HistoryMode {
    /** A prompt written in one go. */
    ONESHOT,
    /** A prompt written in a conversation. */
    CHAT,
    /** A picture that was made. */
    GENERATION;

    /**
     * The name as it is kept and exported.
     *
     * @return lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
