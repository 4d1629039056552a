package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobState;
import dev.gaze.core.small.SmallServer;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JobClosingTest extends JobTesting {

    private static List<String> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("gaze-worker-closing"))
                .toList();
    }

    @Test
    void no_thread_starts_before_the_first_job_and_none_outlives_closing() {
        SmallServer server = server("closing-a");
        JobRunner jobs = jobs(server);
        assertThat(workers()).isEmpty();
        jobs.submit(words("a"));
        server.awaitRun();
        assertThat(workers()).containsExactly("gaze-worker-closing-a");

        jobs.close();

        assertThat(workers()).isEmpty();
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void closing_stops_running_and_waiting_jobs_and_tells_each_its_end_once() throws Exception {
        SmallServer server = server("closing-b");
        JobRunner jobs = jobs(server);
        Job running = jobs.submit(words("a"));
        SmallServer.Run run = server.awaitRun();
        run.begin();
        Job waiting = jobs.submit(words("b"));
        Heard first = heard(running);
        Heard second = heard(waiting);

        jobs.close();
        jobs.close();

        assertThat(run.cancels()).isEqualTo(1);
        assertThat(running.state()).isEqualTo(JobState.CANCELLED);
        assertThat(waiting.state()).isEqualTo(JobState.CANCELLED);
        assertThat(first.all()).filteredOn(JobEvent.Cancelled.class::isInstance).hasSize(1);
        assertThat(second.all())
                .filteredOn(JobEvent.Cancelled.class::isInstance)
                .hasSize(1);
        assertThatThrownBy(() -> running.await(LONG)).hasMessageContaining("The library was closed");
        assertThat(server.runs()).hasSize(1);
    }

    @Test
    void a_server_that_takes_no_notice_does_not_keep_the_library_open() {
        SmallServer server = server("closing-c");
        server.deaf();
        JobRunner jobs = jobs(server);
        Job job = jobs.submit(words("a"));
        server.awaitRun().begin();

        jobs.close();

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(workers()).isEmpty();
    }

    @Test
    void a_closed_library_takes_no_jobs_and_still_answers_for_old_ones() {
        JobRunner jobs = jobs(server("closing-d").drawing());
        Job job = jobs.submit(words("a"));
        job.await(LONG);
        jobs.close();

        assertThatThrownBy(() -> jobs.submit(words("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(job.await(LONG).images()).hasSize(1);
        assertThat(jobs.find(job.id())).isPresent();
    }
}
