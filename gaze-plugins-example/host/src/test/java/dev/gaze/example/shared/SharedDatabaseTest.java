package dev.gaze.example.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.JobState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs, one PostgreSQL server, one folder. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedDatabaseTest {
    private static final int JOBS = 200;

    @TempDir
    private Path folder;

    @Test
    void of_two_processes_one_is_killed_and_every_job_has_one_image_all_the_same() throws Exception {
        try (EmbeddedPostgres postgres = postgres()) {
            TwoProcesses.Outcome outcome = TwoProcesses.play(postgres, folder, JOBS);

            assertThat(outcome.before()).as("killed in the middle").isLessThan(JOBS);
            assertThat(outcome.states()).hasSize(JOBS).containsOnly(JobState.DONE);
            assertThat(outcome.recorded()).doesNotHaveDuplicates().hasSize(JOBS);
            assertThat(outcome.files()).containsExactlyInAnyOrderElementsOf(outcome.recorded());
            assertThat(outcome.leftovers()).isEmpty();
        }
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException | IllegalStateException failure) {
            return Assumptions.abort("PostgreSQL cannot be started here: " + failure);
        }
    }
}
