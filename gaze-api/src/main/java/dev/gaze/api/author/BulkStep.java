package dev.gaze.api.author;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of a bulk run that is done.
 *
 * @param number which one it is, from 1
 * @param of how many files no asset named when the run began
 * @param file the model file, relative to its folder, with forward slashes
 * @param created the asset that was made; null when none was
 * @param problems why none was made, or notes on the one that was
 */
public record BulkStep(
        int number, int of, String file, @Nullable AssetKey created, List<Problem> problems) {

    /** Copies the problems. */
    public BulkStep {
        Objects.requireNonNull(file, "file");
        problems = List.copyOf(problems);
    }
}
