package dev.gaze.example.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one measurement in a JVM of its own, so that nothing is warm. The child prints its figure as its last line. */
final class ChildJvm {
    private static final long MINUTES = 10;

    private ChildJvm() {}

    /** Runs {@code main} and gives the number it printed last. */
    static double run(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!child.waitFor(MINUTES, TimeUnit.MINUTES) || child.exitValue() != 0) {
                throw new IOException(main.getSimpleName() + " failed: " + out);
            }
            return Double.parseDouble(out.substring(out.lastIndexOf('\n') + 1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + main.getSimpleName() + " ran", interrupted);
        } finally {
            child.destroyForcibly();
        }
    }
}
