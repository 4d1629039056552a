package dev.gaze.example.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sample library of the host. */
public final class SampleLibrary {
    private SampleLibrary() {}

    public static Path folder() {
        return Checkout.top().resolve("gaze-plugins-example/host/library");
    }

    /** Copies it to {@code target/library}, with settings that name the embedded server. */
    public static Path copyTo(Path target) throws IOException {
        Path library = target.resolve("library");
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.toList()) {
                Path copy = library.resolve(folder().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.writeString(library.resolve("gaze.json"), """
                {
                  "servers": ["embedded"],
                  "defaultCheckpoint": "Illustrious/model.safetensors"
                }
                """);
        return library;
    }
}
