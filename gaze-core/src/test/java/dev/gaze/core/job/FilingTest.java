package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The single image of a job, whose name is not reserved: found again after a crash, and never there twice. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FilingTest extends JobTesting {

    private List<Path> images() throws IOException {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static RenderEvent.Finished finished(Supplier<byte[]> bytes) {
        return new RenderEvent.Finished(List.of(new RenderOutput("9", "images", "a.png", "", "output", bytes::get)));
    }

    /** A job whose process died when its image was in place, before the end was written down. */
    private Job diedWhenFiled(String name) throws IOException {
        SmallServer server = server(name);
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a lighthouse"));
        server.awaitRun().begin();
        shop.close();
        Path image = uploads.resolve("mix/gen_%d_7.png".formatted(time.now().getEpochSecond()));
        Files.createDirectories(image.getParent());
        Files.write(image, Images.of(job.id()));
        return job;
    }

    @Test
    void an_image_that_was_in_place_when_the_process_died_is_not_made_again() throws Exception {
        Job job = diedWhenFiled("s");
        SmallServer server = server("s");

        assertThat(jobs(server).get(job.id()).await(LONG).image().file()).isEqualTo(images().get(0));
        assertThat(images()).hasSize(1);
        assertThat(server.runs()).isEmpty();
    }

    @RepeatedTest(20)
    void a_cancel_right_after_opening_comes_too_late_for_an_image_that_was_in_place() throws Exception {
        Job job = diedWhenFiled("s");
        Shop next = shop(JobLimits.DEFAULT, server("s"));

        boolean cancelled = next.jobs().cancel(job.id());

        assertThat(next.jobs().get(job.id()).await(LONG).images()).hasSize(1);
        assertThat(cancelled).isFalse();
    }

    @RepeatedTest(20)
    void a_cancel_right_after_opening_stops_a_job_that_has_no_image_yet() throws Exception {
        Job job = diedWhenFiled("s");
        Files.write(images().get(0), Images.png(8, 8)); // somebody else's
        Shop next = shop(JobLimits.DEFAULT, server("s"));

        boolean cancelled = next.jobs().cancel(job.id());

        assertKind(Kind.CANCELLED, () -> next.jobs().get(job.id()).await(LONG));
        assertThat(cancelled).isTrue();
        assertThat(images()).hasSize(1);
    }

    @RepeatedTest(20)
    void a_cancel_that_is_written_down_while_the_image_is_filed_does_not_claim_to_have_stopped_it() throws Exception {
        SmallServer server = server("s");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Ledger ledger = new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE);
        Job job = shop.jobs().submit(words("a"));
        SmallServer.Run run = server.awaitRun().begin();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        wire.submit(() -> run.end(finished(() -> {
            shop.live(job.id()).orElseThrow().beginFiling();
            new Thread(() -> forcingTakesLong(busy, done)).start();
            await(busy);
            new Thread(() -> cancelled.complete(job.cancel())).start();
            awaitUntil(() -> ledger.lists().standing(job.id()).orElseThrow().cancelRequested() != null);
            done.countDown();
            return Images.png(8, 8);
        })));

        assertThat(job.await(LONG).images()).hasSize(1);
        assertThat(cancelled.get(20, TimeUnit.SECONDS)).isFalse();
    }

    private void forcingTakesLong(CountDownLatch busy, CountDownLatch done) {
        synchronized (database.sql().forcing()) {
            busy.countDown();
            await(done);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException impatient) {
            throw new AssertionError(impatient);
        }
    }

    @Test
    void a_cancel_that_comes_when_a_name_was_chosen_counts_when_the_image_cannot_be_had() {
        SmallServer server = server("s");
        Job job = cancelledWhileFiled(server, () -> {
            throw new GazeException(Kind.UNAVAILABLE, Problem.of("The server went away"));
        });

        assertThatThrownBy(() -> job.await(LONG)).hasMessageContaining("was cancelled");
        assertThat(server.runs()).hasSize(1);
    }

    @Test
    void a_cancel_that_comes_when_a_name_was_chosen_is_too_late_for_an_image_that_is_filed() {
        Job job = cancelledWhileFiled(server("s"), () -> Images.png(8, 8));

        assertThat(job.await(LONG).images()).hasSize(1);
        assertThat(job.state()).isEqualTo(JobState.DONE);
    }

    @Test
    void an_image_of_another_format_is_filed_when_a_cancel_was_told_to_be_too_late() {
        Job job = cancelledWhileFiled(server("s"), () -> Images.of("gif", 8, 8));

        assertThat(job.await(LONG).image().id().path()).endsWith(".gif");
    }

    /** A job that somebody wants to stop, too late, when its image has a name already and is fetched. */
    private Job cancelledWhileFiled(SmallServer server, Supplier<byte[]> image) {
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a"));
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        server.awaitRun().begin().end(finished(() -> {
            shop.live(job.id()).orElseThrow().beginFiling();
            cancelled.complete(job.cancel());
            return image.get();
        }));
        assertThat(cancelled.orTimeout(20, TimeUnit.SECONDS).join())
                .as("as it may have been filed")
                .isFalse();
        return job;
    }

    @Test
    void of_a_cancel_and_the_choice_of_a_name_the_first_counts() {
        Shop shop = shop(JobLimits.DEFAULT, server("s"));
        Problem why = Problem.of("Nobody wants it");
        LiveJob stopped = live(shop);
        LiveJob filed = live(shop);

        assertThat(stopped.stop(why)).contains(true);
        assertThat(stopped.beginFiling()).isFalse();
        assertThat(filed.beginFiling()).isTrue();
        assertThat(filed.stop(why)).contains(false);
        assertThat(filed.beginFiling()).as("a second name").isTrue();
        filed.filedNothing();
        assertThat(filed.beginFiling()).as("another run").isFalse();
    }

    private LiveJob live(Shop shop) {
        Job job = shop.jobs().submit(words("a"));
        awaitUntil(() -> shop.live(job.id()).isPresent());
        return shop.live(job.id()).orElseThrow();
    }

    @Test
    void no_image_is_there_before_its_job_is_on_the_disk() throws Exception {
        SmallServer server = server("s");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job first = shop.jobs().submit(words("so that the server is known"));
        server.awaitRun().begin().finish();
        first.await(LONG);
        CompletableFuture<Job> second;
        synchronized (database.sql().forcing()) { // the disk is busy
            second = CompletableFuture.supplyAsync(() -> shop.jobs().submit(words("b")), callbacks);
            server.awaitRun().begin().finish();
            awaitUntil(this::someTurnWaitsForTheDisk);

            assertThat(images())
                    .as("but for half files")
                    .filteredOn(this::isImage)
                    .hasSize(1);
        }
        second.get(20, TimeUnit.SECONDS).await(LONG);

        assertThat(images()).hasSize(2);
    }

    private boolean isImage(Path file) {
        return file.getFileName().toString().startsWith("gen_");
    }

    /** Its half file is written then, and waits for its place. */
    private boolean someTurnWaitsForTheDisk() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.BLOCKED)
                .anyMatch(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("lastLook")));
    }

    @Test
    void a_turn_that_outlives_its_library_leaves_the_image_to_the_next_one() throws Exception {
        SmallServer server = server("s");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a"));
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        server.awaitRun().begin().end(finished(() -> {
            fetching.countDown();
            boolean interrupted = true;
            while (interrupted) {
                try {
                    interrupted = !late.await(40, TimeUnit.SECONDS);
                } catch (InterruptedException goesOnAllTheSame) {
                    continue;
                }
            }
            return Images.png(8, 8);
        }));
        await(fetching);
        shop.close();

        Job again = shop(JobLimits.DEFAULT, server("s").drawing()).jobs().get(job.id());
        assertThat(again.await(LONG).images()).hasSize(1);
        late.countDown();

        awaitUntil(() -> shop.live(job.id()).isEmpty());
        assertThat(images()).hasSize(1);
    }

    @Test
    void cancel_if_queued_says_of_a_job_that_is_being_filed_that_it_runs() {
        SmallServer server = server("s");
        Shop shop = shop(JobLimits.DEFAULT, server);
        Job job = shop.jobs().submit(words("a"));

        server.awaitRun().end(finished(() -> {
            shop.live(job.id()).orElseThrow().beginFiling();
            assertKind(Kind.CONFLICT, () -> shop.jobs().cancelIfQueued(job.id()));
            return Images.png(8, 8);
        }));

        assertThat(job.await(LONG).images()).hasSize(1);
    }
}
