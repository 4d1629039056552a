package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import java.nio.file.Path;

/** In a JVM of its own: opens a library nobody has opened before, and prints how many milliseconds it took. */
final class ColdSync {
    private ColdSync() {}

    public static void main(String[] arguments) throws Exception {
        Path library = Path.of(arguments[0]);
        int expected = Integer.parseInt(arguments[1]);
        Folders.delete(library.resolve(".gaze"));
        long start = System.nanoTime();
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            double took = (System.nanoTime() - start) / 1e6;
            int found = gaze.categories().stream()
                    .mapToInt(category -> gaze.assets(category.id()).count())
                    .sum();
            if (found != expected) {
                throw new IllegalStateException("Synced " + found + " assets of " + expected);
            }
            System.out.println(took);
        }
    }
}
