package dev.gaze.example.faults;

import dev.gaze.api.Gaze;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Makes one image or more; somebody is about to kill it. */
final class CrashChild {
    private CrashChild() {}

    public static void main(String[] arguments) {
        try (Gaze gaze = Gaze.builder()
                .library(Path.of(arguments[0]))
                .server(Scene.settings(URI.create(arguments[1])))
                .open()) {
            int jobs = arguments.length < 3 ? 1 : Integer.parseInt(arguments[2]);
            for (int i = 0; i < jobs; i++) {
                gaze.generate(Scene.WORDS.seed(i)).await(Duration.ofSeconds(60));
            }
        }
    }
}
