package dev.gaze.api.job;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is. Counts are of its items: a job that was retried counts as its retry does.
 *
 * @param queued items that wait
 * @param running items under way
 * @param done items whose images are on disk
 * @param failed items that ended without an image
 * @param cancelled items somebody stopped
 * @param left how much longer it will take, by the pace so far; null before the first item has ended
 */
public record BatchProgress(
        int queued,
        int running,
        int done,
        int failed,
        int cancelled,
        @Nullable Duration left) {

    /** Checks the counts. */
    public BatchProgress {
        if (queued < 0 || running < 0 || done < 0 || failed < 0 || cancelled < 0) {
            throw new IllegalArgumentException("Counts must not be negative");
        }
    }

    /**
     * All items.
     *
     * @return how many
     */
    public int size() {
        return queued + running + done + failed + cancelled;
    }

    /**
     * Whether every item has ended.
     *
     * @return true when nothing waits or runs
     */
    public boolean ended() {
        return queued + running == 0;
    }

    /**
     * The part that has ended.
     *
     * @return 0 … 1; 1 for an empty batch
     */
    public double progress() {
        return size() == 0 ? 1 : (double) (done + failed + cancelled) / size();
    }

    /**
     * How much longer it will take, by the pace so far.
     *
     * @return a duration; empty before the first item has ended
     */
    public Optional<Duration> timeLeft() {
        return Optional.ofNullable(left);
    }

    /** {@code 12 of 40 done, 1 failed, 4 running, about 3 min left}. */
    @Override
    public String toString() {
        return "%d of %d done".formatted(done, size())
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (cancelled > 0 ? ", " + cancelled + " cancelled" : "")
                + (running > 0 ? ", " + running + " running" : "")
                + (left == null || ended() ? "" : ", about " + told(left) + " left");
    }

    private static String told(Duration span) {
        return span.toMinutes() >= 2 ? span.toMinutes() + " min" : Math.max(1, span.toSeconds()) + " s";
    }
}
