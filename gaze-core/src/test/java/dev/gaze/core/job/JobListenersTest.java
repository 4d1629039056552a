package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobState;
import dev.gaze.core.small.SmallServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G123")
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobListenersTest extends JobTesting {

    @Test
    void who_comes_late_is_told_the_end_at_once_and_nothing_else() throws Exception {
        Job job = jobs(server("s").drawing()).submit(words("a"));
        job.await(LONG);

        assertThat(heard(job).all()).singleElement().isInstanceOf(JobEvent.Done.class);
    }

    @Test
    void every_listener_hears_exactly_one_end_whenever_it_came() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        Heard early = heard(job);
        SmallServer.Run run = server.awaitRun();
        Heard middle = heard(job);
        run.begin();
        run.finish();
        job.await(LONG);
        Heard late = heard(job);

        for (Heard heard : List.of(early, middle, late)) {
            assertThat(heard.all()).filteredOn(JobEvent.Ended.class::isInstance).hasSize(1);
            assertThat(heard.isQuiet()).isTrue();
        }
    }

    @Test
    void a_listener_that_throws_hears_on_and_harms_nobody() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        List<JobEvent> heardByBad = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(1);
        job.listen(event -> {
            heardByBad.add(event);
            if (event instanceof JobEvent.Ended) {
                ended.countDown();
            }
            throw new IllegalStateException("a listener of a test");
        });
        Heard good = heard(job);
        server.awaitRun().begin().finish();

        assertThat(good.all()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heardByBad).hasSizeGreaterThanOrEqualTo(2);
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void a_listener_on_the_telling_thread_may_ask_and_cancel() {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        List<JobState> states = Collections.synchronizedList(new ArrayList<>());
        job.listen(
                event -> {
                    states.add(job.state());
                    if (event instanceof JobEvent.Started) {
                        job.cancel();
                    }
                },
                Runnable::run);
        server.awaitRun().begin();

        org.assertj.core.api.Assertions.catchThrowable(() -> job.await(LONG));

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(states).first().isEqualTo(JobState.QUEUED);
    }

    @Test
    void an_executor_that_takes_no_work_does_not_stop_the_job() {
        Job job = jobs(server("s").drawing()).submit(words("a"));
        job.listen(event -> {}, work -> {
            throw new RejectedExecutionException("closed");
        });

        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void a_listener_whose_executor_could_make_no_thread_for_a_moment_hears_on() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        AtomicBoolean full = new AtomicBoolean(true);
        CountDownLatch ended = new CountDownLatch(1);
        job.listen(
                event -> {
                    if (event instanceof JobEvent.Ended) {
                        ended.countDown();
                    }
                },
                work -> {
                    if (full.getAndSet(false)) {
                        throw new InternalError("unable to create native thread");
                    }
                    callbacks.execute(work);
                });

        server.awaitRun().begin().finish();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(job.await(LONG).images()).hasSize(1);
    }

    @Test
    void a_slow_listener_skips_images_on_the_way_and_nothing_else() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<JobEvent> heard = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(1);
        job.listen(event -> {
            if (heard.isEmpty()) {
                busy.countDown();
                await(go);
            }
            heard.add(event);
            if (event instanceof JobEvent.Ended) {
                ended.countDown();
            }
        });
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        run.begin();
        for (int step = 1; step <= 20; step++) {
            run.tell(new RenderEvent.Previewed("3", "image/jpeg", new byte[] {(byte) step}));
            run.tell(new RenderEvent.Progressed("3", step, 20));
        }
        run.finish();
        job.await(LONG);
        go.countDown();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).filteredOn(JobEvent.Progressed.class::isInstance).hasSize(20);
        assertThat(heard)
                .filteredOn(JobEvent.Previewed.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((JobEvent.Previewed) event).bytes()).containsExactly(20));
    }

    @Test
    void progress_never_falls_and_only_samplers_count() throws Exception {
        SmallServer server = server("s");
        Job job = jobs(server).submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        Heard heard = heard(job);
        run.begin();
        run.tell(new RenderEvent.Progressed("3", 3, 4));
        run.tell(new RenderEvent.Progressed("8", 1, 100));
        run.tell(new RenderEvent.Progressed("3", 1, 4));
        while (!(heard.next() instanceof JobEvent.Progressed)) {
            assertThat(job.progress()).isLessThanOrEqualTo(0.75);
        }
        assertThat(heard.next())
                .isInstanceOfSatisfying(
                        JobEvent.Progressed.class,
                        step -> assertThat(step.step()).isEqualTo(1));
        assertThat(job.progress()).isEqualTo(0.75);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("never let go");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
