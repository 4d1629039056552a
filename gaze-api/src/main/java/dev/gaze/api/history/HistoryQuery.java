package dev.gaze.api.history;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to list. Everything named must hold; what is null or blank is not asked. Immutable.
 *
 * @param text what is looked for in input and output, at most 20,000 characters; blank lists all
 * @param search how it is looked for; at most 100 words
 * @param mode only entries that came about so
 * @param model only entries for this model
 * @param parent only entries refined from this one
 * @param from written down at this instant or later
 * @param before written down earlier than this instant
 * @param offset how many to pass over, from 0
 * @param limit how many at most, 1 … 200
 */
public record HistoryQuery(
        String text,
        HistorySearch search,
        @Nullable HistoryMode mode,
        @Nullable String model,
        @Nullable HistoryId parent,
        @Nullable Instant from,
        @Nullable Instant before,
        int offset,
        int limit) {
    /** The 50 newest (P40). */
    public static final HistoryQuery NEWEST =
            new HistoryQuery("", HistorySearch.LITERAL, null, null, null, null, null, 0, 50);

    private static final int MOST_CHARACTERS = 20_000;
    private static final int MOST_WORDS = 100;

    /** Checks the ranges. */
    public HistoryQuery {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(search, "search");
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("Limit must be between 1 and 200");
        }
        if (text.length() > MOST_CHARACTERS
                || search == HistorySearch.WORDS && text.strip().split("\\s+").length > MOST_WORDS) {
            throw new IllegalArgumentException(
                    "A search takes at most %,d characters, and %d words".formatted(MOST_CHARACTERS, MOST_WORDS));
        }
        if (offset < 0) {
            throw new IllegalArgumentException("Offset must be 0 or more, got " + offset);
        }
    }

    /**
     * Only entries that hold a text as it stands.
     *
     * @param text the text; blank for all
     * @return a changed copy
     */
    public HistoryQuery containing(String text) {
        return new HistoryQuery(text, HistorySearch.LITERAL, mode, model, parent, from, before, offset, limit);
    }

    /**
     * Only entries that hold every word of a text.
     *
     * @param words the words; blank for all
     * @return a changed copy
     */
    public HistoryQuery withWords(String words) {
        return new HistoryQuery(words, HistorySearch.WORDS, mode, model, parent, from, before, offset, limit);
    }

    /**
     * Only entries that came about in one way.
     *
     * @param mode how; null for any
     * @return a changed copy
     */
    public HistoryQuery in(@Nullable HistoryMode mode) {
        return new HistoryQuery(text, search, mode, model, parent, from, before, offset, limit);
    }

    /**
     * Only entries for one model.
     *
     * @param model as {@link HistoryNote#model}; null for any
     * @return a changed copy
     */
    public HistoryQuery forModel(@Nullable String model) {
        return new HistoryQuery(text, search, mode, model, parent, from, before, offset, limit);
    }

    /**
     * Only entries refined from another.
     *
     * @param parent that one; null for any
     * @return a changed copy
     */
    public HistoryQuery refining(@Nullable HistoryId parent) {
        return new HistoryQuery(text, search, mode, model, parent, from, before, offset, limit);
    }

    /**
     * Only entries of a span of time.
     *
     * @param from the first instant that counts; null for the beginning
     * @param before the first instant that no longer counts; null for now
     * @return a changed copy
     */
    public HistoryQuery between(@Nullable Instant from, @Nullable Instant before) {
        return new HistoryQuery(text, search, mode, model, parent, from, before, offset, limit);
    }

    /**
     * Another page.
     *
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 … 200
     * @return a changed copy
     */
    public HistoryQuery page(int offset, int limit) {
        return new HistoryQuery(text, search, mode, model, parent, from, before, offset, limit);
    }
}
