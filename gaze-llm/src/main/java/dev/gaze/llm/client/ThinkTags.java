package dev.gaze.llm.client;

import java.util.function.Consumer;

/**
 * Parts thoughts from words where a server leaves both in one text: {@code <think>…</think>} at its very beginning, as
 * Qwen, DeepSeek and others write. Later in the text the tags mean nothing.
 */
final class ThinkTags {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";
    /** Nobody begins with more blanks than this, and holding them back costs more with each. */
    private static final int LONGEST_BEGINNING = 1000;

    private enum Place {
        BEGINNING,
        THOUGHTS,
        GAP,
        WORDS
    }

    private final Consumer<String> thoughts;
    private final Consumer<String> words;
    private final StringBuilder held = new StringBuilder();
    private Place place = Place.BEGINNING;

    ThinkTags(Consumer<String> thoughts, Consumer<String> words) {
        this.thoughts = thoughts;
        this.words = words;
    }

    void accept(String piece) {
        if (place == Place.WORDS) {
            tell(words, piece);
            return;
        }
        held.append(piece);
        if (place == Place.BEGINNING) {
            begin();
        }
        if (place == Place.THOUGHTS) {
            think();
        }
        if (place == Place.GAP) {
            skipBlanks();
        }
    }

    /** No more comes: what was held back, since it might have become a tag, is told. */
    void end() {
        tell(place == Place.THOUGHTS ? thoughts : words, held.toString());
        held.setLength(0);
    }

    private void begin() {
        String text = held.toString();
        String bare = text.stripLeading();
        if (bare.startsWith(OPEN)) {
            held.delete(0, text.length() - bare.length() + OPEN.length());
            place = Place.THOUGHTS;
        } else if (!OPEN.startsWith(bare) || text.length() > LONGEST_BEGINNING) {
            place = Place.WORDS;
            release(words, held.length());
        }
    }

    private void think() {
        int close = held.indexOf(CLOSE);
        if (close >= 0) {
            release(thoughts, close);
            held.delete(0, CLOSE.length());
            place = Place.GAP;
            return;
        }
        int safe = held.length();
        for (int length = Math.min(CLOSE.length() - 1, held.length()); length > 0; length--) {
            if (CLOSE.startsWith(held.substring(held.length() - length))) {
                safe = held.length() - length;
                break;
            }
        }
        release(thoughts, safe);
    }

    private void skipBlanks() {
        int first = 0;
        while (first < held.length() && Character.isWhitespace(held.charAt(first))) {
            first++;
        }
        held.delete(0, first);
        if (!held.isEmpty()) {
            place = Place.WORDS;
            release(words, held.length());
        }
    }

    private void release(Consumer<String> to, int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        tell(to, text);
    }

    private static void tell(Consumer<String> to, String text) {
        if (!text.isEmpty()) {
            to.accept(text);
        }
    }
}
