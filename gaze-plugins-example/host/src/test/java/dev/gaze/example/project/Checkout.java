package dev.gaze.example.project;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout these tests run in. */
final class Checkout {
    private Checkout() {}

    /** The top folder: the one that holds {@code gaze-api}. */
    static Path top() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("gaze-api"))) {
            here = here.getParent();
            if (here == null) {
                throw new IllegalStateException("These tests must run inside the checkout");
            }
        }
        return here;
    }
}
