package dev.gaze.example.faults;

import java.time.Duration;
import java.util.List;

/**
 * One thing that can go wrong.
 *
 * @param name what
 * @param expected the answers that are right, as {@link Scene#answer} tells them
 * @param limit the longest it may take to settle
 * @param play makes the trouble and tells the answer
 */
record Case(String name, List<String> expected, Duration limit, Play play) {

    /** Makes trouble in a scene. */
    @FunctionalInterface
    interface Play {
        String in(Scene scene) throws Exception;
    }

    static Case of(String name, int seconds, Play play, String... expected) {
        return new Case(name, List.of(expected), Duration.ofSeconds(seconds), play);
    }
}
