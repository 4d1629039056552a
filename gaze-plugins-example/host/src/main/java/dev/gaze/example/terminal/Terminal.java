package dev.gaze.example.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the host reads and writes. Results go to standard output; standard error gets errors and, on a terminal, the
 * progress bar.
 *
 * @param in what is typed or piped
 * @param raw standard output for a command that speaks a protocol there and writes no results
 * @param out results
 * @param err errors
 * @param bar the stream for a progress bar
 * @param interactive whether somebody watches; only then there is a bar
 */
public record Terminal(
        InputStream in, OutputStream raw, PrintWriter out, PrintWriter err, PrintStream bar, boolean interactive) {
    /** Names come from files that anybody may have written; a control character in one must not move the cursor. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private static final int LINE = 79;

    /**
     * A terminal on which nobody types.
     *
     * @param out results
     * @param err errors
     * @param bar the stream for a progress bar
     * @param interactive whether somebody watches
     */
    public Terminal(PrintWriter out, PrintWriter err, PrintStream bar, boolean interactive) {
        this(InputStream.nullInputStream(), OutputStream.nullOutputStream(), out, err, bar, interactive);
    }

    /**
     * The streams of this process.
     *
     * @return the terminal
     */
    public static Terminal ofThisProcess() {
        return new Terminal(
                System.in,
                System.out,
                new PrintWriter(new OutputStreamWriter(System.out), true),
                new PrintWriter(new OutputStreamWriter(System.err), true),
                System.err,
                isTerminal(System.console()));
    }

    /**
     * Writes a result.
     *
     * @param text one or more lines
     */
    public void say(Object text) {
        out.println(printable(text));
    }

    /**
     * Writes a row of a list: elsewhere in one line, on a terminal with a line for each part.
     *
     * @param head the first part
     * @param parts the others, of which blank ones are left out; on a terminal the last is cut where a line ends
     */
    public void row(String head, String... parts) {
        List<String> told = Stream.of(parts).filter(part -> !part.isBlank()).toList();
        if (!interactive) {
            say(told.isEmpty() ? head : head + "  " + String.join("  ", told));
            return;
        }
        say(head);
        String last = parts.length == 0 ? "" : parts[parts.length - 1];
        told.forEach(part -> say(part.equals(last) ? cut("  " + part) : "  " + part));
    }

    /**
     * Writes a piece of a result at once, without ending its line.
     *
     * @param piece a part of a line, or several lines
     */
    public void stream(Object piece) {
        out.print(printable(piece));
        out.flush();
    }

    /**
     * Writes lines in place of the last ones. Only for a terminal: it moves the cursor.
     *
     * @param over how many lines above the cursor are written over
     * @param lines the new ones; what does not fit into a line of the terminal is cut
     */
    void redraw(int over, List<String> lines) {
        StringBuilder drawn = new StringBuilder(over == 0 ? "" : "\u001B[" + over + "A");
        for (String line : lines) {
            drawn.append('\r').append(printable(cut(line))).append("\u001B[K").append(System.lineSeparator());
        }
        out.print(drawn.append("\u001B[J"));
        out.flush();
    }

    /**
     * Writes an error.
     *
     * @param text one or more lines
     */
    public void complain(Object text) {
        err.println(printable(text));
    }

    /**
     * What is typed or piped, as text.
     *
     * @return a reader; use one only, it reads ahead
     */
    public BufferedReader lines() {
        return new BufferedReader(new InputStreamReader(in));
    }

    /** Writes out what is still held back. */
    public void flush() {
        out.flush();
        err.flush();
    }

    private static String cut(String line) {
        return line.length() > LINE ? line.substring(0, LINE - 1) + "…" : line;
    }

    private static String printable(Object text) {
        return CONTROL.matcher(String.valueOf(text)).replaceAll("?");
    }

    /** From JDK 22 on there may be a console without a terminal; it then says so itself. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
