package dev.gaze.example.terminal;

import dev.gaze.api.job.BatchProgress;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a batch is: a bar on a terminal, elsewhere a line at every tenth. Closed when it has ended. */
public final class BatchWatch implements Consumer<BatchProgress>, AutoCloseable {
    private static final int WIDTH = 100;
    private static final int PARTS = 10;

    private final Terminal terminal;
    private final @Nullable ProgressBar bar;
    private int told = -1;

    /**
     * A batch that is about to be watched.
     *
     * @param terminal where to show it
     * @param size how many items it has
     */
    public BatchWatch(Terminal terminal, int size) {
        this.terminal = terminal;
        bar = terminal.interactive()
                ? new ProgressBarBuilder()
                        .setTaskName("drawing")
                        .setInitialMax(size)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .setConsumer(new ConsoleProgressBarConsumer(terminal.bar(), WIDTH))
                        .build()
                : null;
    }

    @Override
    public synchronized void accept(BatchProgress progress) {
        int ended = progress.done() + progress.failed() + progress.cancelled();
        if (bar != null) {
            bar.stepTo(ended);
            bar.setExtraMessage(progress.failed() > 0 ? progress.failed() + " failed" : "");
            return;
        }
        int part = (int) (progress.progress() * PARTS);
        if (part > told) {
            told = part;
            terminal.say("batch     " + progress);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
