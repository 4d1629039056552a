package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.small.SmallServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waiting for jobs, remembering them, looking at them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobWaitingTest extends JobTesting {

    @Test
    @Tag("G123")
    void waiting_has_a_limit_and_the_job_goes_on() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        assertKind(Kind.TIMEOUT, () -> job.await(Duration.ZERO));
        int timers = time.waiting();

        var waiting = Executors.newSingleThreadExecutor();
        try {
            var late = waiting.submit(() -> job.await(Duration.ofMinutes(5)));
            awaitUntil(() -> time.waiting() > timers);
            time.advance(Duration.ofMinutes(5));
            assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("has not ended within PT5M");
        } finally {
            waiting.shutdownNow();
        }

        run.finish();
        assertThat(job.await(Duration.ofSeconds(Long.MAX_VALUE)).images()).hasSize(1);
        assertThat(time.waiting()).isEqualTo(timers);
    }

    @Test
    @Tag("G123")
    void whoever_waits_in_vain_for_a_paused_queue_is_told_so() {
        Jobs jobs = jobs(server("s"));
        jobs.pause();
        Job job = jobs.submit(words("a"));

        assertThatThrownBy(() -> job.await(Duration.ZERO)).hasMessageContaining("the queue is paused: resume it");
    }

    @Test
    @Tag("G123")
    void the_end_can_be_awaited_without_a_thread() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);

        assertThat(jobs.submit(words("a"))
                        .completion()
                        .toCompletableFuture()
                        .join()
                        .images())
                .hasSize(1);
        server.answering(run -> new RenderEvent.Failed(Problem.of("no"), false, List.of()));
        assertThatThrownBy(() -> jobs.submit(words("b"))
                        .completion()
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(GazeException.class);
    }

    @Test
    void every_waiter_gets_an_exception_of_its_own() {
        SmallServer server = server("s");
        server.away(true);
        Job job = jobs(server).submit(words("a"));

        Throwable first = catchThrowableOfType(GazeException.class, () -> job.await(LONG));
        Throwable second = catchThrowableOfType(GazeException.class, () -> job.await(LONG));

        assertThat(first).isNotSameAs(second).hasSameClassAs(second);
        assertThat(first.getStackTrace()[0].toString()).contains("Ending");
    }

    @Test
    @Tag("G45")
    @Tag("G105")
    void ended_jobs_are_forgotten_after_their_time_and_others_never() {
        SmallServer server = server("s").drawing();
        Jobs jobs = jobs(server);
        Job old = jobs.submit(words("a"));
        old.await(LONG);
        server.answering(run -> null);
        Job running = jobs.submit(words("b"));
        server.awaitRun();
        server.awaitRun();
        time.advance(Duration.ofMinutes(10));

        assertThat(jobs.prune(Duration.ofMinutes(11))).isZero();
        assertThat(jobs.get(old.id()).state()).isEqualTo(JobState.DONE);
        assertThat(jobs.prune(Duration.ofMinutes(10))).isEqualTo(1);
        assertThat(jobs.find(old.id())).isEmpty();
        assertThatThrownBy(() -> jobs.get(old.id())).hasMessageContaining("no job");
        time.advance(Duration.ofDays(400));
        assertThat(jobs.prune(Duration.ZERO)).isZero();
        assertThat(jobs.find(running.id())).isPresent();
        assertThat(old.result()).isPresent();
    }

    @Test
    @Tag("G45")
    void who_waits_for_a_job_that_was_forgotten_is_told_so() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Job job = jobs.submit(words("a"));
        server.awaitRun().finish();
        awaitUntil(() -> jobs.counts().getOrDefault(JobState.DONE, 0L) == 1);
        assertThat(jobs.prune(Duration.ZERO)).isEqualTo(1);

        assertThat(job.completion().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("There is no job");
        assertKind(Kind.NOT_FOUND, () -> job.await(LONG));
    }

    @Test
    @Tag("G45")
    @Tag("I18")
    void old_jobs_go_by_themselves_and_only_so_many_stay() throws Exception {
        SmallServer server = server("s").drawing();
        JobLimits few = new JobLimits(
                1_000,
                3,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                5,
                Duration.ofHours(1),
                16,
                Duration.ofSeconds(5));
        Jobs jobs = shop(few, server).jobs();
        Job first = jobs.submit(words("first"));
        first.await(LONG);
        for (int i = 0; i < 6; i++) {
            jobs.submit(words("a" + i)).await(LONG);
        }

        time.advance(Duration.ofMinutes(10));
        awaitUntil(() -> jobs.list(Set.of(), 0, 100).total() == 5);

        assertThat(jobs.find(first.id())).isEmpty();
        time.advance(Duration.ofHours(1));
        awaitUntil(() -> jobs.list(Set.of(), 0, 100).total() == 0);
    }

    // Servers that are away --------------------------------------------------------------------------------------

    @Test
    void a_waiting_job_is_given_up_only_when_its_server_has_been_away_for_long_enough() {
        SmallServer server = server("s");
        Jobs jobs = jobs(server);
        Duration away = JobLimits.DEFAULT.away();
        jobs.submit(words("a"));
        server.awaitRun();
        Job waiting = jobs.submit(words("b"));
        awaitUntil(() -> waits(waiting));
        time.advance(away.minusSeconds(1));
        server.away(true);
        fleets.get(0).down(server.id(), Problem.of("It is being restarted"));

        time.advance(Duration.ofSeconds(1));
        assertThat(waits(waiting)).isTrue();
        time.advance(away.minusSeconds(2));
        assertThat(waits(waiting)).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(waits(waiting)).isFalse();
        assertKind(Kind.UNAVAILABLE, () -> waiting.await(LONG));
    }

    @Test
    void a_job_that_its_server_refuses_again_and_again_is_given_up_whatever_is_done_to_the_clock() throws Exception {
        SmallServer server = server("s");
        server.unwilling();
        Job job = jobs(server).submit(words("a"), Priority.BATCH);
        awaitUntil(() -> waits(job));

        refusedAgain(job, server);
        time.setBack(Duration.ofHours(1));
        for (int i = 0; i < 5 && !job.state().ended(); i++) {
            refusedAgain(job, server);
        }

        assertThat(job.state()).isEqualTo(JobState.FAILED);
    }

    private void refusedAgain(Job job, SmallServer server) throws Exception {
        wire.submit(() -> {}).get(); // no question to the server is on its way, so the next one waits for the clock
        awaitUntil(() -> waits(job) || job.state().ended());
        if (job.state().ended()) {
            return;
        }
        int before = server.refusals();
        time.advance(Duration.ofMinutes(4));
        awaitUntil(
                () -> server.refusals() > before && (waits(job) || job.state().ended()));
    }

    @Test
    void a_job_prints_where_it_stands_without_its_words() {
        Job job = jobs(server("s")).submit(words("a secret garden"));

        assertThat(job.toString())
                .contains(job.id().toString())
                .contains("queued")
                .doesNotContain("garden");
        assertThat(job.plan().prompt().positive()).isEqualTo("a secret garden");
        assertThat(job.request().selection().plus()).isEqualTo("a secret garden");
    }

    @Test
    void a_started_job_tells_its_server() throws Exception {
        SmallServer server = server("attic");
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        Heard heard = heard(job);
        run.begin();
        JobEvent event = heard.next();
        while (event instanceof JobEvent.Queued) {
            event = heard.next();
        }
        assertThat(event).isEqualTo(new JobEvent.Started(job.id(), new BackendId("attic")));
    }
}
