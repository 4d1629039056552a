package dev.gaze.api.writer;

/**
 * How many prompts may be written within a time (P71). Each window slides: it always looks back from now. Every writer
 * counts for itself, so an application that limits its users keeps one writer.
 *
 * @param aMinute how many within a minute, 1 or more
 * @param anHour how many within an hour, 1 or more
 * @param aDay how many within 24 hours, 1 … 100,000
 */
public record RateLimit(int aMinute, int anHour, int aDay) {
    /** 10 a minute, 50 an hour, 200 a day. */
    public static final RateLimit USUAL = new RateLimit(10, 50, 200);

    /** Checks the ranges. */
    public RateLimit {
        if (aMinute < 1 || anHour < 1 || aDay < 1 || aDay > 100_000) {
            throw new IllegalArgumentException(
                    "A rate limit of %d a minute, %d an hour, %d a day; accepted are 1 or more, and 100,000 a day at most"
                            .formatted(aMinute, anHour, aDay));
        }
    }
}
