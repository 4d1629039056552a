package dev.gaze.core.preset;

import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gathers what is wrong with presets, as much of it as somebody would read. A problem is worked out only when it is kept:
 * to name its line costs a look through its file, and a file may hold a hundred thousand of them.
 */
final class PresetProblems {
    private static final int MOST = 50;

    private final int most;
    private final List<Problem> kept = new ArrayList<>();
    private int more;

    private PresetProblems(int most) {
        this.most = most;
    }

    static PresetProblems gathered() {
        return new PresetProblems(MOST);
    }

    /** For those who only want what is sound. */
    static PresetProblems ignored() {
        return new PresetProblems(0);
    }

    void add(Supplier<Problem> problem) {
        if (kept.size() < most) {
            kept.add(problem.get());
        } else {
            more++;
        }
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(kept);
        if (most > 0 && more > 0) {
            all.add(Problem.of("%d more problems with presets are not listed".formatted(more))
                    .fix("mend those above first"));
        }
        return List.copyOf(all);
    }
}
