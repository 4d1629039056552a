package dev.gaze.example.terminal;

import dev.gaze.api.chat.ChatEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows an answer as it comes: its words, and what the model does between them on lines of their own. */
public final class Answering implements Consumer<ChatEvent> {
    private static final int SHOWN = 160;

    private final Terminal terminal;
    private boolean withinLine;
    private boolean thinking;

    /**
     * Shows one answer.
     *
     * @param terminal where
     */
    public Answering(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(ChatEvent event) {
        if (event instanceof ChatEvent.Token token) {
            terminal.stream(token.text());
            withinLine = !token.text().endsWith("\n");
        } else if (event instanceof ChatEvent.Thought) {
            thinks();
        } else if (event instanceof ChatEvent.Turn) {
            thinking = false;
        } else if (event instanceof ChatEvent.ToolStarted started) {
            line("tool      " + shortened(started.call()));
        } else if (event instanceof ChatEvent.ToolEnded ended) {
            line("%s after %s  %s"
                    .formatted(
                            ended.failed() ? "failed   " : "answered ",
                            seconds(ended.took()),
                            shortened(ended.result())));
        } else if (event instanceof ChatEvent.Retrying again) {
            line("again     in " + seconds(again.pause()) + ", attempt " + again.attempt() + ": "
                    + again.because().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        } else if (event instanceof ChatEvent.Simplified simplified) {
            line("without   " + simplified.what());
        } else if (event instanceof ChatEvent.Done done) {
            endLine();
            done.reply().warnings().forEach(warning -> line("warning: " + warning));
        } else {
            endLine(); // it failed; whoever waits for it tells why
        }
    }

    private void thinks() {
        if (!thinking) {
            thinking = true;
            line("thinking");
        }
    }

    private void line(String text) {
        endLine();
        terminal.say(text);
    }

    /** Ends the line that the answer stands in, if it stands in one. */
    public void endLine() {
        if (withinLine) {
            terminal.say("");
            withinLine = false;
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String shortened(Object text) {
        String line = String.valueOf(text).replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " …";
    }
}
