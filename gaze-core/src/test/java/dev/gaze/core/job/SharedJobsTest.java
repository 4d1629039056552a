package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.Jobs;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.ledger.Start;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.small.SmallServer;
import dev.gaze.core.small.SmallWirer;
import dev.gaze.core.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs in a database that another process works on too. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedJobsTest extends JobTesting {
    private static final JobLimits ONE_CLAIM = new JobLimits(10, 3, LONG, LONG, 1_000, LONG, 1, LONG);

    @Override
    @BeforeEach
    void openDatabase() {
        database = Database.server(SmallPostgres.fresh());
    }

    @Test
    @Tag("G44")
    void what_another_process_filed_before_it_died_is_found_and_not_made_again() throws IOException {
        SmallServer server = server("shared-a");
        Jobs jobs = shop(ONE_CLAIM, server).jobs();
        Job running = jobs.submit(words("first"));
        SmallServer.Run run = server.awaitRun();
        Job claimed = jobs.submit(words("second"));
        awaitUntil(() -> waits(claimed));
        Job job = jobs.submit(words("third"));

        String image = filedByAnother(job, server);
        server.drawing();
        run.finish();

        assertThat(job.await(LONG).images())
                .extracting(found -> found.id().path())
                .containsExactly(image);
        assertThat(claimed.await(LONG).images()).hasSize(1);
        assertThat(running.await(LONG).images()).hasSize(1);
        assertThat(server.runs()).hasSize(2);
    }

    @Test
    void a_turn_that_was_taken_for_dead_leaves_the_files_to_the_one_that_has_reserved_them() throws IOException {
        SmallServer server = server("shared-a");
        Job job = shop(JobLimits.DEFAULT, server).jobs().submit(words("first"));
        SmallServer.Run run = server.awaitRun();

        String image = filedByAnother(job, server);
        run.finish();

        assertThat(job.await(LONG).images())
                .extracting(found -> found.id().path())
                .containsExactly(image);
        try (Stream<Path> files = Files.walk(uploads)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    /** All that another process does with a job, up to the moment before it writes down the end. */
    private String filedByAnother(Job job, SmallServer server) throws IOException {
        Ledger another = new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE);
        UUID prompt = UUID.randomUUID();
        ImageId image = new ImageId("mix/gen_77.png");
        assertThat(another.attempt(
                        job.id(),
                        server.id(),
                        prompt,
                        new SmallWirer().defaultTemplate().graph()))
                .isTrue();
        assertThat(another.started(job.id(), new Start(server.id(), time.now())))
                .isTrue();
        another.files().reserve(job.id(), List.of(), List.of(image.path()), false, () -> {});
        Path file = uploads.resolve(image.path());
        Files.createDirectories(file.getParent());
        Files.write(file, Images.of(job.id()));
        return image.path();
    }
}
