package dev.gaze.api.author;

import dev.gaze.api.asset.AssetKey;
import java.util.List;
import java.util.Objects;

/**
 * What a bulk run did.
 *
 * @param steps the files it looked at, in order
 * @param skipped how many files some asset named already
 * @param complete whether it came to the end; otherwise it was stopped, or the model could not be reached, and the next
 *     run goes on
 */
public record BulkReport(List<BulkStep> steps, int skipped, boolean complete) {

    /** Copies the steps. */
    public BulkReport {
        steps = List.copyOf(steps);
    }

    /**
     * The assets that were made.
     *
     * @return in order
     */
    public List<AssetKey> created() {
        return steps.stream().map(BulkStep::created).filter(Objects::nonNull).toList();
    }

    /**
     * The files for which no asset could be made.
     *
     * @return their steps, each with the reasons
     */
    public List<BulkStep> left() {
        return steps.stream().filter(step -> step.created() == null).toList();
    }
}
