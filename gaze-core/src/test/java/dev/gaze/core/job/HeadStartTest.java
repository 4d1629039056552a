package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobState;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.job.Priority;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.fleet.Candidate;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.JobRecord;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.ledger.NewJob;
import dev.gaze.core.small.SmallServer;
import dev.gaze.core.small.SmallWirer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs that find a server idle as they are handed in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeadStartTest extends JobTesting {

    /** A server that has told what it can make, and is idle. */
    private SmallServer known(Jobs jobs, SmallServer server) {
        server.drawing();
        jobs.submit(words("first")).await(LONG);
        server.awaitRun();
        server.answering(run -> null);
        return server;
    }

    @Test
    void what_is_written_down_with_a_job_is_what_its_server_is_sent() {
        SmallServer server = server("idle-a");
        Jobs jobs = jobs(server);
        known(jobs, server);

        Job job = jobs.submit(words("second"));
        SmallServer.Run run = server.awaitRun();

        assertThat(job.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.prompt()).isEqualTo(run.prompt());
            assertThat(attempt.workflow()).isEqualTo(run.workflow());
        });
        run.finish();
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void a_server_that_refuses_what_it_has_told_it_could_make_is_asked_anew_and_sent_the_job_again() {
        SmallServer server = server("idle-b");
        Jobs jobs = jobs(server);
        known(jobs, server).refuse(new GazeException(Kind.INVALID, Problem.of("no such sampler")));
        int asked = server.asked();

        Job job = jobs.submit(words("second"));
        server.awaitRun().finish();

        assertThat(job.await(LONG).images()).hasSize(1);
        assertThat(server.asked()).isEqualTo(asked + 1);
        assertThat(job.attempts()).hasSize(2);
        assertThat(job.attempts().get(0).problem().what()).isEqualTo("no such sampler");
    }

    @Test
    @Tag("G44")
    void one_that_is_away_gets_it_when_it_is_back() {
        SmallServer server = server("idle-c");
        Jobs jobs = jobs(server);
        known(jobs, server).away(true);

        Job job = jobs.submit(words("second"));
        awaitUntil(() -> server.missed() > 0);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        server.drawing();
        server.away(false);

        awaitUntil(() -> {
            time.advance(Duration.ofSeconds(1));
            return job.state() == JobState.DONE;
        });
    }

    @Test
    void while_others_wait_the_place_is_given_back_and_nothing_is_lost() {
        SmallServer server = server("idle-d");
        Jobs jobs = jobs(server);
        known(jobs, server).drawing();
        NewJob before = newJob("waits");
        ledger().accept(List.of(before), 10, null);

        Job job = jobs.submit(words("third"));
        assertThat(job.await(LONG).images()).hasSize(1);
        jobs.batch(List.of(words("fourth"))).await(LONG);

        awaitUntil(() -> jobs.get(before.id()).state() == JobState.DONE);
        assertThat(server.runs()).hasSize(4);
    }

    @Test
    void a_job_that_was_refused_a_place_in_the_queue_leaves_the_server_free() {
        SmallServer server = server("idle-e");
        Shop small = shop(new JobLimits(1, 3, LONG, LONG, 1_000, LONG, 4, LONG), server);
        Jobs jobs = small.jobs();
        known(jobs, server).drawing();
        NewJob before = newJob("fills the queue");
        ledger().accept(List.of(before), 10, null);
        assertThatThrownBy(() -> jobs.submit(words("second"))).isInstanceOf(GazeException.class);
        jobs.cancel(before.id());

        assertThat(jobs.submit(words("third")).await(LONG).images()).hasSize(1);
    }

    @Test
    @Tag("G44")
    void a_place_that_was_not_used_is_free_again_and_leaves_no_attempt_that_looks_sent() {
        Ledger ledger = ledger();
        Fleet fleet = new Fleet(time, LONG, wire);
        fleet.add(server("idle-f"), 1);
        Servers servers = new Servers(fleet);
        Graphs graphs = new Graphs(prepare(words("unsent")), new Wiring(new SmallWirer(), servers::all));
        KnownServer server = servers.all().get(0);
        NewJob job = newJob("unsent");
        HeadStart head = new HeadStart(
                fleet.take(candidate(job)).orElseThrow(),
                server,
                UUID.randomUUID(),
                server.withFacts(facts -> graphs.wire(server, facts)));
        JobRecord record = ledger.accept(job, 10, "somebody", head.attempt(), written -> {})
                .jobs()
                .get(0);

        desk(ledger, fleet, servers).unused(LiveJob.claimed(record, graphs, "somebody", Optional.of(head)));

        assertThat(ledger.attempts(job.id())).singleElement().satisfies(attempt -> {
            assertThat(attempt.ended()).isNotNull();
            assertThat(attempt.problem()).isNull();
        });
        assertThat(fleet.take(candidate(job))).isPresent();
    }

    private Candidate candidate(NewJob job) {
        return new Candidate(job.id(), job.priority(), 1, null, Set.of(), any -> true, () -> true, time.now());
    }

    private Desk desk(Ledger ledger, Fleet fleet, Servers servers) {
        return new Desk(
                JobLimits.DEFAULT,
                ledger,
                fleet,
                servers,
                new Wiring(new SmallWirer(), servers::all),
                workshop(),
                new News(ledger),
                new Waiters(ledger, time),
                new Fresh(),
                Runnable::run,
                Runnable::run,
                new Leftovers(time, Runnable::run, false, server -> false),
                () -> true);
    }

    private Ledger ledger() {
        return new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE);
    }

    private static NewJob newJob(String words) {
        GenerationRequest request = words(words);
        return new NewJob(
                new JobId(UUID.randomUUID()),
                request,
                prepare(request).plan(),
                new SmallWirer().defaultTemplate(),
                null,
                List.of(),
                Priority.INTERACTIVE,
                null,
                0,
                null);
    }
}
