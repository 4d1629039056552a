package dev.gaze.core.wildcard;

import dev.gaze.core.template.Pool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of earlier questions for wildcards. A list that is there anyway and a name that nobody has cost their
 * question alone; what was made of several lists is forgotten when too much of it comes together. Safe for use by several
 * threads.
 */
final class Answers {
    private final int mostQuestions;
    private final long mostEntries;
    private final Map<String, Answer> known = new ConcurrentHashMap<>();
    private long entries;

    /**
     * Nothing is remembered yet.
     *
     * @param mostQuestions more are forgotten, so that invented names cost no memory
     * @param mostEntries as many entries of its own may all answers have together; one alone may have more
     */
    Answers(int mostQuestions, long mostEntries) {
        this.mostQuestions = mostQuestions;
        this.mostEntries = mostEntries;
    }

    /**
     * An answer.
     *
     * @param pool the entries; null when there is no such wildcard
     * @param entries how many places were made for it alone
     */
    record Answer(@Nullable Pool pool, long entries) {
        static final Answer NONE = new Answer(null, 0);
    }

    /** The answer to a question, looked for when it is not known. */
    Answer to(String question, Supplier<Answer> look) {
        Answer answer = known.get(question);
        if (answer == null) {
            answer = look.get();
            remember(question, answer);
        }
        return answer;
    }

    private synchronized void remember(String question, Answer answer) {
        if (known.size() >= mostQuestions) {
            known.clear();
            entries = 0;
        }
        if (entries + answer.entries > mostEntries) {
            known.values().removeIf(earlier -> earlier.entries > 0);
            entries = 0;
        }
        if (known.putIfAbsent(question, answer) == null) {
            entries += answer.entries;
        }
    }
}
