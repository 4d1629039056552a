package dev.gaze.core.asset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a Java process of its own, which can be killed. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts {@code main}; {@code before} is a shell command that prepares its limits, such as {@code ulimit -f 100;}. */
    static ChildJvm start(String before, Class<?> main, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of("bash", "-c", before + " exec \"$@\"", "child"));
        command.addAll(List.of(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The next line it prints; null when it has ended. */
    String line() throws IOException {
        return lines.readLine();
    }

    /** Everything it prints until it ends. */
    List<String> rest() throws IOException, InterruptedException {
        List<String> rest = lines.lines().toList();
        process.waitFor();
        return rest;
    }

    long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does; what it printed before can still be read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // the process itself would close its output, too
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
