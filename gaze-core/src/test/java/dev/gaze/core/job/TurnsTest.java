package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a turn goes through while its job is on a server: a ledger that is away, a claim that is taken, a server that leaves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TurnsTest extends JobTesting {

    @Test
    void a_ledger_that_is_away_at_the_first_sign_of_a_run_costs_neither_the_run_nor_its_image() throws Exception {
        SmallServer server = server("gpu");
        Job job = jobs(server).submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun();

        try (Handle other = database.jdbi().open()) {
            other.begin();
            other.execute("update job set item = item where id = ?", job.id().value());
            run.begin();
            wire.submit(() -> {}).get(); // the sign was heard, and could not be written down
            other.rollback();
        }
        run.finish();

        assertThat(job.await(LONG).images()).hasSize(1);
        assertThat(run.cancels()).isZero();
        assertThat(server.runs()).hasSize(1);
    }

    @Test
    void a_job_that_is_made_here_is_not_made_twice_when_its_claim_was_taken_for_that_of_a_dead_process()
            throws Exception {
        SmallServer one = server("one");
        SmallServer two = server("two");
        Shop shop = shop(JobLimits.DEFAULT, one, two);
        Job job = shop.jobs().submit(words("a lighthouse"));
        awaitUntil(() -> one.runs().size() + two.runs().size() == 1);
        SmallServer.Run run = (one.runs().isEmpty() ? two : one).runs().get(0).begin();

        database.jdbi()
                .useHandle(handle -> handle.execute("update scheduled_tasks set picked = false, picked_by = null,"
                        + " last_heartbeat = null, version = version + 1"));
        shop.claims().wake();
        awaitUntil(this::isClaimed);
        Job next = shop.jobs().submit(words("what the other server is free for"));
        awaitUntil(() -> one.runs().size() + two.runs().size() == 2);
        assertThat(job.attempts()).hasSize(1);
        assertThat(next.attempts()).hasSize(1);

        run.finish();
        assertThat(job.await(LONG).images()).hasSize(1);
        awaitUntil(() -> count("select count(*) from scheduled_tasks") == 1);
        assertThat(run.cancels()).isZero();
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void a_server_that_is_taken_away_is_let_go_only_when_its_last_image_is_here() throws Exception {
        SmallServer server = server("leaving");
        SmallServer other = server("other");
        other.away(true);
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun().begin();
        fleet().add(other, 1);
        assertThat(fleet().remove(server.id())).isTrue();

        run.end(new RenderEvent.Finished(List.of(new RenderOutput("9", "images", "a.png", "gaze", "output", () -> {
            if (server.isClosed()) {
                throw new GazeException(Kind.CANCELLED, Problem.of("The connection to the server was closed here"));
            }
            return Images.png(64, 96);
        }))));

        assertThat(job.await(LONG).images()).hasSize(1);
        awaitUntil(server::isClosed);
    }

    @Test
    void what_was_sent_is_stopped_when_its_job_fails_for_a_reason_nobody_foresaw() throws Exception {
        SmallServer server = server("gpu");
        Job job = jobs(server).submit(words("a lighthouse"));
        SmallServer.Run run = server.awaitRun();

        run.end(new RenderEvent.Finished(List.of(new RenderOutput("9", "images", "a.png", "gaze", "output", () -> {
            throw new AssertionError("a fault of a plugin");
        }))));
        awaitUntil(() -> job.state().ended());

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        awaitUntil(() -> run.cancels() == 1);
    }

    private boolean isClaimed() {
        return count("select count(*) from scheduled_tasks where picked") == 1;
    }

    private int count(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(int.class).one());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
