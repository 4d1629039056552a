package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobState;
import dev.gaze.core.small.SmallBackend;
import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.small.SmallServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Several openings of one library over a PostgreSQL database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedGazeTest extends GazeTesting {
    private DatabaseSettings server;

    @BeforeEach
    void makeDatabase() {
        server = SmallPostgres.fresh();
    }

    /** Its one server draws at once, or waits for the test. */
    private Gaze opened(UnaryOperator<SmallServer> setUp) {
        return open(Gaze.builder()
                .library(library)
                .onlyGivenPlugins()
                .plugin(new SmallBackend(setUp))
                .environment(environment::get)
                .database(server.url()));
    }

    private static GenerationRequest rain() {
        return GenerationRequest.mix().plus("rain");
    }

    @Test
    void a_job_of_one_opening_is_seen_awaited_and_listened_to_by_the_other() throws Exception {
        Gaze mine = opened(SmallServer::drawing);
        Gaze other = opened(SmallServer::drawing);
        BlockingQueue<JobNews> heard = new LinkedBlockingQueue<>();
        other.jobs().listen(0, heard::add);

        Job job = mine.jobs().submit(rain());

        Job theirs = other.jobs().get(job.id());
        assertThat(theirs.await(LONG).image().file()).exists();
        assertThat(job.await(LONG)).isEqualTo(theirs.await(LONG));
        JobEvent last;
        do {
            last = heard.poll(20, TimeUnit.SECONDS).event();
        } while (!(last instanceof JobEvent.Ended));
        assertThat(last).isEqualTo(new JobEvent.Done(job.id(), job.await(LONG).images()));
        assertThat(other.images().list(null, 0, 10).items()).hasSize(1);
    }

    @Test
    void a_job_is_stopped_from_wherever_somebody_cancels_it() throws Exception {
        Gaze mine = opened(waiting -> waiting);
        Job job = mine.jobs().submit(rain());
        awaitSent(job);
        Gaze other = opened(SmallServer::drawing);

        assertThat(other.jobs().cancel(job.id())).isTrue();

        assertThat(job.completion()
                        .handle((result, failure) -> failure)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isNotNull();
        assertThat(other.jobs().get(job.id()).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void a_pause_holds_for_everybody() throws Exception {
        Gaze mine = opened(SmallServer::drawing);
        Gaze other = opened(SmallServer::drawing);
        mine.jobs().pause();

        Job job = other.jobs().submit(rain());

        assertThat(other.jobs().paused()).isTrue();
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        mine.jobs().resume();
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    private static void awaitSent(Job job) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (job.attempts().isEmpty()) {
            assertThat(System.nanoTime()).as("It never was sent").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
