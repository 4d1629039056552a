package dev.gaze.api.job;

import dev.gaze.api.asset.AssetKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list. Everything named must hold; what is null or empty is not asked. Immutable.
 *
 * @param states in one of these states; empty means any
 * @param batch of this batch, replaced ones included
 * @param asset made for this asset
 * @param from submitted at this instant or later
 * @param before submitted earlier than this instant
 */
public record JobQuery(
        Set<JobState> states,
        @Nullable BatchId batch,
        @Nullable AssetKey asset,
        @Nullable Instant from,
        @Nullable Instant before) {
    /** Every job. */
    public static final JobQuery ALL = new JobQuery(Set.of(), null, null, null, null);

    /** Copies the states. */
    public JobQuery {
        states = Set.copyOf(states);
    }

    /**
     * Only jobs in some states.
     *
     * @param states which; none means any
     * @return a changed copy
     */
    public JobQuery in(JobState... states) {
        return new JobQuery(Set.of(states), batch, asset, from, before);
    }

    /**
     * Only jobs of a batch.
     *
     * @param batch which
     * @return a changed copy
     */
    public JobQuery of(BatchId batch) {
        return new JobQuery(states, batch, asset, from, before);
    }

    /**
     * Only jobs made for an asset, which is the one their images are filed under.
     *
     * @param asset which
     * @return a changed copy
     */
    public JobQuery of(AssetKey asset) {
        return new JobQuery(states, batch, asset, from, before);
    }

    /**
     * Only jobs submitted within a span of time.
     *
     * @param from the first instant that counts
     * @param before the first instant that no longer counts
     * @return a changed copy
     */
    public JobQuery between(Instant from, Instant before) {
        return new JobQuery(states, batch, asset, from, before);
    }
}
