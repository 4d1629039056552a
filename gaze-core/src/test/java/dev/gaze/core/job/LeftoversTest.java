package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.small.DatabaseAway;
import dev.gaze.core.small.SmallServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What nobody wants any more is stopped on its server, however long that is out of reach. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeftoversTest extends JobTesting {
    private static final RenderEvent.Lost OUT_OF_REACH = new RenderEvent.Lost(Problem.of("Nobody answers"));

    @Test
    void a_cancelled_run_whose_server_is_out_of_reach_is_stopped_there_when_it_answers_again() {
        SmallServer server = server("s");
        server.deaf();
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun().begin();
        server.away(true);
        job.cancel();
        awaitUntil(() -> run.cancels() == 1);
        run.end(OUT_OF_REACH);
        awaitUntil(() -> job.state() == JobState.CANCELLED);

        server.away(false);
        awaitPassing(() -> run.cancels() == 2);
    }

    @Test
    void a_run_that_was_given_up_and_made_elsewhere_is_stopped_when_its_server_is_back() {
        SmallServer first = server("a");
        SmallServer second = server("b").drawing();
        Jobs jobs = jobs(first, second);
        Job job = jobs.submit(words("a"));
        SmallServer.Run lost = first.awaitRun().begin();
        first.away(true);
        lost.end(OUT_OF_REACH);
        fleet().down(new BackendId("a"), Problem.of("Nobody answers"));
        job.await(LONG);
        assertThat(lost.cancels()).isZero();

        first.away(false);
        awaitPassing(() -> lost.cancels() == 1);
        assertThat(job.state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_prompt_whose_loss_could_not_be_written_down_is_not_stopped_as_the_job_is_followed_to_it_again()
            throws Exception {
        SmallServer server = server("s");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a"));
        SmallServer.Run run = server.awaitRun().begin();
        try (DatabaseAway away = new DatabaseAway(database)) {
            run.tell(OUT_OF_REACH);
            awaitUntil(() -> shop.live(job.id()).isEmpty());
        }

        awaitPassing(() -> shop.live(job.id()).isPresent());
        run.finish();

        job.await(LONG);
        assertThat(run.cancels()).isZero();
        assertThat(job.attempts()).hasSize(1);
    }

    @Test
    void a_server_that_is_away_is_asked_ever_more_rarely_and_about_one_prompt_at_a_time() {
        SmallServer server = server("s");
        server.away(true);
        Leftovers leftovers = new Leftovers(time, Runnable::run, false, known -> true);
        KnownServer known = new KnownServer(server);
        for (int prompt = 0; prompt < 50; prompt++) {
            leftovers.stop(known, UUID.randomUUID());
        }
        assertThat(server.missed()).isEqualTo(1);

        time.advance(Duration.ofSeconds(1));
        assertThat(server.missed()).isEqualTo(2);
        time.advance(Duration.ofSeconds(1));
        assertThat(server.missed()).isEqualTo(2);
        time.advance(Duration.ofMinutes(10));
        assertThat(server.missed()).isBetween(20, 30);
    }

    @Test
    void a_server_that_was_taken_away_is_asked_no_more_and_one_without_a_thread_later() {
        SmallServer server = server("s");
        server.away(true);
        Queue<Runnable> threads = new ArrayDeque<>();
        Leftovers leftovers = new Leftovers(
                time,
                work -> {
                    if (threads.isEmpty()) {
                        throw new RejectedExecutionException();
                    }
                    threads.remove();
                    work.run();
                },
                false,
                known -> server.missed() == 0);
        leftovers.stop(new KnownServer(server), UUID.randomUUID());
        assertThat(server.missed()).isZero();

        threads.add(() -> {});
        time.advance(Duration.ofSeconds(1));
        assertThat(server.missed()).as("asked once there is a thread").isEqualTo(1);
        threads.add(() -> {});
        time.advance(Duration.ofMinutes(1));
        assertThat(server.missed()).as("it was taken away").isEqualTo(1);
    }

    @Test
    void what_others_may_have_taken_over_is_left_to_them() {
        SmallServer server = server("s");
        server.away(true);
        Leftovers leftovers = new Leftovers(time, Runnable::run, true, known -> true);
        leftovers.stopLost(new KnownServer(server), UUID.randomUUID());
        assertThat(server.missed()).isZero();

        leftovers.stop(new KnownServer(server), UUID.randomUUID());
        time.advance(Duration.ofMinutes(10));
        assertThat(server.missed()).as("tried once").isEqualTo(1);
    }

    /** Lets the clock run until another thread has done what is awaited. */
    private void awaitPassing(BooleanSupplier reached) {
        awaitUntil(() -> {
            time.advance(Duration.ofMillis(100));
            return reached.getAsBoolean();
        });
    }
}
