package dev.gaze.example.command;

import dev.gaze.example.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One run of the host inside this JVM, with its own streams and environment.
 *
 * @param code the exit code
 * @param out everything on standard output
 * @param err everything on standard error
 * @param bar what the progress bar drew
 */
record HostRun(int code, String out, String err, String bar) {

    static HostRun of(String... arguments) {
        return of(false, Map.of(), arguments);
    }

    static HostRun of(boolean interactive, Map<String, String> environment, String... arguments) {
        return reading("", interactive, environment, arguments);
    }

    static HostRun reading(String input, boolean interactive, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ByteArrayOutputStream bar = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(Charset.defaultCharset())),
                OutputStream.nullOutputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new PrintStream(bar, true, StandardCharsets.UTF_8),
                interactive);
        int code = Host.run(terminal, environment::get, arguments);
        terminal.flush();
        return new HostRun(code, out.toString(), err.toString(), bar.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return out.lines().toList();
    }

    String lastLine() {
        return lines().get(lines().size() - 1);
    }
}
