package dev.gaze.example.command;

import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the sample library, and a model server inside the test. */
@Timeout(180)
abstract class ModelTesting {
    @TempDir
    Path folder;

    Path library;
    ModelServer model;

    @BeforeEach
    void start() throws IOException {
        library = SampleLibrary.copyTo(folder);
        model = new ModelServer();
    }

    @AfterEach
    void stop() {
        model.close();
    }
}
