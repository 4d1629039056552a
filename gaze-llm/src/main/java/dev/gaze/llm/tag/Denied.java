package dev.gaze.llm.tag;

import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Which of some texts must not be told. Asked once for each text that comes up and then remembered; two threads may both
 * ask, and then write the same.
 */
final class Denied {
    private static final byte FREE = 1;
    private static final byte DENIED = 2;

    private final IntFunction<String> texts;
    private final Predicate<String> denied;
    private final byte[] known;

    /**
     * Texts of which nothing is known yet.
     *
     * @param count how many there are
     * @param texts gives each by its number
     * @param denied whether a text must not be told
     */
    Denied(int count, IntFunction<String> texts, Predicate<String> denied) {
        this.texts = texts;
        this.denied = denied;
        known = new byte[count];
    }

    boolean test(int text) {
        if (known[text] == 0) {
            known[text] = denied.test(texts.apply(text)) ? DENIED : FREE;
        }
        return known[text] == DENIED;
    }
}
