package dev.gaze.example.faults;

import dev.gaze.api.Gaze;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Makes one image; somebody is about to kill it. */
final class CrashChild {
    private CrashChild() {}

    public static void main(String[] arguments) {
        try (Gaze gaze = Gaze.builder()
                .library(Path.of(arguments[0]))
                .server(Scene.settings(URI.create(arguments[1])))
                .open()) {
            gaze.generate(Scene.WORDS).await(Duration.ofSeconds(60));
        }
    }
}
