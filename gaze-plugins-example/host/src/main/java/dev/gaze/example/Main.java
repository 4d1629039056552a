package dev.gaze.example;

import dev.gaze.example.command.Host;
import dev.gaze.example.terminal.Terminal;

/** Starts the command line. */
public final class Main {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command and its options; {@code --help} tells them
     */
    public static void main(String[] arguments) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%4$s: %5$s%n"); // who reads a terminal needs neither class nor date
        }
        Terminal terminal = Terminal.ofThisProcess();
        int code = Host.run(terminal, System::getenv, arguments);
        terminal.flush();
        System.exit(code);
    }
}
