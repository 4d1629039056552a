package dev.gaze.example.faults;

import dev.gaze.api.Gaze;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Makes one image after the other, or two at once; somebody is about to kill it. */
final class CrashChild {
    /** Instead of a number of jobs: one that makes two files. */
    static final String TWO_FILES = "two-files";

    private CrashChild() {}

    public static void main(String[] arguments) {
        try (Gaze gaze = Gaze.builder()
                .library(Path.of(arguments[0]))
                .server(Scene.settings(URI.create(arguments[1])))
                .open()) {
            String work = arguments.length < 3 ? "1" : arguments[2];
            if (work.equals(TWO_FILES)) {
                gaze.generate(Scene.TWO_FILES).await(Duration.ofSeconds(60));
                return;
            }
            for (int i = 0; i < Integer.parseInt(work); i++) {
                gaze.generate(Scene.WORDS.seed(i)).await(Duration.ofSeconds(60));
            }
        }
    }
}
