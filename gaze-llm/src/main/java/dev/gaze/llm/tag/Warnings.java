package dev.gaze.llm.tag;

import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was wrong with a list: the first of it in full, the rest counted. */
final class Warnings {
    private static final int TOLD = 20;

    private final String list;
    private final List<Problem> told = new ArrayList<>();
    private int more;

    /**
     * No warnings yet.
     *
     * @param list where the list comes from, for messages
     */
    Warnings(String list) {
        this.list = list;
    }

    void add(long line, String what, @Nullable String fix) {
        if (told.size() < TOLD) {
            told.add(Problem.of(what).at(list + ":" + line).fix(fix));
        } else {
            more++;
        }
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(told);
        if (more > 0) {
            all.add(Problem.of("%d more lines are not as they should be".formatted(more))
                    .at(list));
        }
        return all;
    }
}
