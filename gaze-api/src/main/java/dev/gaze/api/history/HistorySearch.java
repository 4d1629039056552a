package dev.gaze.api.history;

/** How a text is looked for in the history; case makes no difference. */
public enum HistorySearch {
    /** The whole text as it stands, anywhere; {@code %} and {@code _} mean themselves. */
    LITERAL,
    /** Every word of it, anywhere and in any order. */
    WORDS
}
