package dev.gaze.example.terminal;

import java.util.List;

/** Lines that change in place on a terminal; elsewhere each is written again whenever it says something new. */
public final class LiveLines {
    private final Terminal terminal;
    private List<String> shown = List.of();

    /**
     * No line yet.
     *
     * @param terminal where to show them
     */
    public LiveLines(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows lines in place of those shown before.
     *
     * @param lines all of them, each without a line feed
     */
    public synchronized void show(List<String> lines) {
        if (lines.equals(shown)) {
            return;
        }
        if (terminal.interactive()) {
            terminal.redraw(shown.size(), lines);
        } else {
            for (int i = 0; i < lines.size(); i++) {
                if (i >= shown.size() || !lines.get(i).equals(shown.get(i))) {
                    terminal.say(lines.get(i));
                }
            }
        }
        shown = List.copyOf(lines);
    }
}
