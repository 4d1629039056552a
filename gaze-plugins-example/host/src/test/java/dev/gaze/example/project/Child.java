package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that has ended.
 *
 * @param exit its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Child(int exit, String out, String err) {
    private static final long MINUTES = 5;

    static Child run(Path folder, List<String> command) throws IOException, InterruptedException {
        return run(folder, command, "");
    }

    static Child run(Path folder, List<String> command, String input) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.remove("GAZE_COMFY_URL");
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("MAVEN_OPTS");
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            assertThat(ended)
                    .as("%s ended within %d minutes", command.get(0), MINUTES)
                    .isTrue();
            return new Child(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Checks that the program ended well; shows all it wrote otherwise. */
    Child endedWell() {
        assertThat(exit)
                .as("standard output:%n%s%nstandard error:%n%s", out, err)
                .isZero();
        return this;
    }

    /** The last line of standard output that is not blank. */
    String lastLine() {
        return out.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("");
    }
}
