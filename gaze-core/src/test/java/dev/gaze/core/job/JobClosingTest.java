package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.job.Batch;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.core.small.SmallServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobClosingTest extends JobTesting {

    private static Set<Thread> jobThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().startsWith("gaze-job-")
                        || thread.getName().startsWith("db-scheduler"))
                .collect(Collectors.toSet());
    }

    /** Those of this test alone: what a test before it left behind may take a moment to end. */
    private static List<Thread> jobThreadsBeside(Set<Thread> before) {
        return jobThreads().stream().filter(thread -> !before.contains(thread)).toList();
    }

    @Test
    void no_thread_starts_before_the_first_job_and_none_outlives_closing() {
        Set<Thread> before = jobThreads();
        SmallServer server = server("closing-a");
        Shop shop = shop(JobLimits.DEFAULT, server);
        assertThat(jobThreadsBeside(before)).isEmpty();
        shop.jobs().submit(words("a"));
        server.awaitRun();
        assertThat(jobThreadsBeside(before)).isNotEmpty();

        shop.close();

        awaitUntil(() -> jobThreadsBeside(before).isEmpty());
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void a_listener_of_a_batch_that_comes_too_late_ends_quietly() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        callbacks
                .submit(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, why) -> uncaught.add(why)))
                .get();
        Shop shop = shop(JobLimits.DEFAULT, server("closing-late").drawing());
        Batch batch = shop.jobs().batch("one", List.of(words("a")));
        batch.await(LONG);
        CountDownLatch closed = new CountDownLatch(1);
        callbacks.execute(() -> {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        batch.listen(progress -> {});

        shop.close();
        closed.countDown();
        callbacks.submit(() -> {}).get();

        assertThat(uncaught).isEmpty();
    }

    @Test
    @Tag("G44")
    void closing_leaves_jobs_as_they_stand_and_the_next_to_open_goes_on_with_them() throws Exception {
        SmallServer server = server("closing-b");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job running = shop.jobs().submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        awaitEvent(running, JobEvent.Queued.class);
        run.begin();
        awaitUntil(() -> running.state() == JobState.RUNNING);
        Job waiting = shop.jobs().submit(words("b"));
        CompletableFuture<?> completion = running.completion().toCompletableFuture();

        shop.close();
        shop.close();

        assertThat(run.cancels()).isZero();
        assertThatThrownBy(() -> running.await(LONG))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("The library was closed")
                .hasMessageContaining("opened again");
        assertThatThrownBy(completion::join)
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("The library was closed");

        SmallServer again = server("closing-b").drawing();
        Shop next = shop(JobLimits.DEFAULT, again);
        Job found = next.jobs().get(running.id());
        assertThat(found.await(LONG).images()).hasSize(1);
        assertThat(found.result().orElseThrow().warnings().toString()).contains("It was run again");
        assertThat(next.jobs().get(waiting.id()).await(LONG).images()).hasSize(1);
        assertThat(next.jobs().get(waiting.id()).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void who_waits_while_the_library_is_closed_is_told_so() {
        SmallServer server = server("closing-c");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a"));
        server.awaitRun();
        int timers = time.waiting();
        CompletableFuture<?> waiting = CompletableFuture.runAsync(() -> job.await(LONG));
        awaitUntil(() -> time.waiting() > timers);

        shop.close();

        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(GazeException.class)
                .hasMessageContaining("The library was closed");
    }

    @Test
    @Tag("G44")
    void a_job_whose_sending_was_cut_short_by_closing_may_be_on_its_server_and_is_looked_for_there() {
        SmallServer server = server("closing-e");
        server.silent();
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job sent = shop.jobs().submit(words("a"));
        server.awaitRun();

        shop.close();

        SmallServer again = server("closing-e").drawing();
        Job found = shop(JobLimits.DEFAULT, again).jobs().get(sent.id());
        found.await(LONG);
        assertThat(found.attempts()).hasSize(2);
        assertThat(found.attempts().get(0).problem().what()).contains("knows nothing of prompt");
    }

    @Test
    void a_closed_library_takes_no_jobs_and_still_answers_for_one_that_has_ended() {
        Shop shop = shop(JobLimits.DEFAULT, server("closing-d").drawing());
        Job job = shop.jobs().submit(words("a"));
        job.await(LONG);
        shop.close();

        assertThatThrownBy(() -> shop.jobs().submit(words("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(job.await(LONG).images()).hasSize(1);
    }
}
