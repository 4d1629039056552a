package dev.gaze.example.terminal;

import dev.gaze.api.job.JobEvent;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that moves with the sampler's steps. */
final class StepBar implements Progress {
    private static final int WIDTH = 80;

    private final Passes passes = new Passes();
    private final ProgressBar bar;

    StepBar(PrintStream stream) {
        bar = new ProgressBarBuilder()
                .setTaskName("drawing")
                .setInitialMax(1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
                .build();
    }

    @Override
    public void accept(JobEvent event) {
        if (event instanceof JobEvent.Queued queued) {
            bar.setExtraMessage("place " + queued.position());
        } else if (event instanceof JobEvent.Started) {
            bar.setExtraMessage("");
        } else if (event instanceof JobEvent.Progressed step) {
            int pass = passes.of(step);
            bar.setExtraMessage(pass > 1 ? "pass " + pass : "");
            bar.maxHint(step.steps());
            bar.stepTo(step.step());
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
