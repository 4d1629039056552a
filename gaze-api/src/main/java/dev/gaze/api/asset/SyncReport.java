package dev.gaze.api.asset;

import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sync found. Files that could not be read are problems; the others are loaded all the same.
 *
 * @param added assets that are new
 * @param changed assets whose file or state changed
 * @param removed assets whose file is gone, or cannot be read any more
 * @param unchanged how many stayed as they were
 * @param problems broken, duplicate and wrongly typed files, each with file, line and fix
 * @param took how long it took
 */
public record SyncReport(
        List<AssetKey> added,
        List<AssetKey> changed,
        List<AssetKey> removed,
        int unchanged,
        List<Problem> problems,
        Duration took) {
    /** Nothing there, nothing found. */
    public static final SyncReport NOTHING =
            new SyncReport(List.of(), List.of(), List.of(), 0, List.of(), Duration.ZERO);

    /** Copies the lists. */
    public SyncReport {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        problems = List.copyOf(problems);
    }

    /**
     * Both reports as one.
     *
     * @param other another report, usually of another category
     * @return the lists one behind the other, the numbers and times added
     */
    public SyncReport plus(SyncReport other) {
        return new SyncReport(
                joined(added, other.added),
                joined(changed, other.changed),
                joined(removed, other.removed),
                unchanged + other.unchanged,
                joined(problems, other.problems),
                took.plus(other.took));
    }

    /**
     * Whether anything is different from before.
     *
     * @return true when something was added, changed or removed
     */
    public boolean changedAnything() {
        return !(added.isEmpty() && changed.isEmpty() && removed.isEmpty());
    }

    /** {@code 3 added, 1 changed, 0 removed, 20 unchanged, 1 problem}, and the problems below. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%d added, %d changed, %d removed, %d unchanged, %d problem%s in %d ms"
                .formatted(
                        added.size(),
                        changed.size(),
                        removed.size(),
                        unchanged,
                        problems.size(),
                        problems.size() == 1 ? "" : "s",
                        took.toMillis()));
        problems.forEach(problem -> text.append('\n').append(problem));
        return text.toString();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
