package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobResult;
import dev.gaze.example.terminal.Progress;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes one picture while somebody watches. */
final class Rendering {
    /** How long the last events may take to be shown once the job is done. */
    private static final int SHOWN_WITHIN_SECONDS = 5;

    private Rendering() {}

    /** Follows a job to its end, then tells its warnings and, as the last line, the file. */
    static Job show(Gaze gaze, GenerationRequest request, Terminal terminal, Duration atMost) {
        Job job = gaze.generate(request);
        try (OnExit stop = OnExit.call("cancel on exit", () -> {
            job.cancel(); // so that the server stops, too
            gaze.close();
        })) {
            follow(job, terminal, atMost);
        }
        return job;
    }

    /** The same for a job that goes on without whoever follows it. */
    static void follow(Job job, Terminal terminal, Duration atMost) {
        JobResult result;
        try (Progress progress = Progress.on(terminal)) {
            CountDownLatch ended = new CountDownLatch(1);
            job.listen(event -> {
                progress.accept(event);
                if (event instanceof JobEvent.Ended) {
                    ended.countDown();
                }
            });
            result = job.await(atMost);
            await(ended);
        }
        result.warnings().forEach(warning -> terminal.say("warning: " + warning));
        result.images().forEach(image -> terminal.say(image.file().toAbsolutePath()));
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await(SHOWN_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
