package dev.gaze.api.chat;

import java.time.Duration;

/**
 * How far a model may go with tools within one request (G50).
 *
 * @param turns how often the model is asked at most, the last answer included, 1 … 100; in the last turn it is told to
 *     call nothing more
 * @param perCall how long one call of a tool may take
 * @param total how long the whole request may take, tools and model together
 * @param parallel how many calls of one turn run at the same time, 1 … 64; the others wait
 * @param resultLength how many characters of a result the model is given, 100 or more; the rest is cut, and the model is
 *     told so
 */
public record ToolLimits(int turns, Duration perCall, Duration total, int parallel, int resultLength) {
    /** 10 turns, 30 s a call, 10 min in all, 4 calls at a time, 20,000 characters a result. */
    public static final ToolLimits DEFAULT =
            new ToolLimits(10, Duration.ofSeconds(30), Duration.ofMinutes(10), 4, 20_000);

    /** Checks the ranges. */
    public ToolLimits {
        requireWithin("turns", turns, 1, 100);
        requireWithin("parallel", parallel, 1, 64);
        requireWithin("resultLength", resultLength, 100, Integer.MAX_VALUE);
        if (perCall.isNegative() || perCall.isZero() || total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException(
                    "Tools are given %s a call and %s in all; both must be more than zero".formatted(perCall, total));
        }
    }

    /**
     * With another number of turns.
     *
     * @param turns 1 … 100
     * @return a changed copy
     */
    public ToolLimits withTurns(int turns) {
        return new ToolLimits(turns, perCall, total, parallel, resultLength);
    }

    /**
     * With another time for one call.
     *
     * @param perCall more than zero
     * @return a changed copy
     */
    public ToolLimits withPerCall(Duration perCall) {
        return new ToolLimits(turns, perCall, total, parallel, resultLength);
    }

    /**
     * With another time for the whole request.
     *
     * @param total more than zero
     * @return a changed copy
     */
    public ToolLimits withTotal(Duration total) {
        return new ToolLimits(turns, perCall, total, parallel, resultLength);
    }

    /**
     * With another number of calls at the same time.
     *
     * @param parallel 1 … 64
     * @return a changed copy
     */
    public ToolLimits withParallel(int parallel) {
        return new ToolLimits(turns, perCall, total, parallel, resultLength);
    }

    /**
     * With another length of results.
     *
     * @param resultLength characters, 100 or more
     * @return a changed copy
     */
    public ToolLimits withResultLength(int resultLength) {
        return new ToolLimits(turns, perCall, total, parallel, resultLength);
    }

    private static void requireWithin(String what, int given, int least, int most) {
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    "Tool limit '%s' is %d; accepted are %d to %d".formatted(what, given, least, most));
        }
    }
}
