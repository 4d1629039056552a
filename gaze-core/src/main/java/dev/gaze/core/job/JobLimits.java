package dev.gaze.core.job;

import java.time.Duration;

/**
 * How many and how long.
 *
 * @param queued how many jobs may wait at most, 1 or more; more are refused
 * @param attempts how often a job is run before it fails, when servers lose it, 1 or more
 * @param away how long a job waits while all servers that could make it are away
 * @param patience how long a job waits at most behind others that suit the servers better
 * @param keep how many ended jobs are remembered
 * @param keepFor how long an ended job is remembered
 * @param window how many jobs are claimed at once, 1 or more
 * @param heartbeat how often a claim is renewed; four missed ones mean that its process has died
 */
public record JobLimits(
        int queued,
        int attempts,
        Duration away,
        Duration patience,
        int keep,
        Duration keepFor,
        int window,
        Duration heartbeat) {
    /** 200,000 waiting jobs, 3 attempts, 10 minutes for servers to come back, 1 minute of patience, 10,000 ended jobs for 30 days, 256 claims, 5 s. */
    public static final JobLimits DEFAULT = new JobLimits(
            200_000,
            3,
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            10_000,
            Duration.ofDays(30),
            256,
            Duration.ofSeconds(5));

    /** Checks the counts. */
    public JobLimits {
        if (queued < 1 || attempts < 1 || keep < 0 || window < 1) {
            throw new IllegalArgumentException(
                    "Limits of jobs must be 1 or more, got %d waiting, %d attempts, %d claims"
                            .formatted(queued, attempts, window));
        }
    }
}
