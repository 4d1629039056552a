package dev.gaze.example.faults;

import dev.gaze.api.job.JobState;
import dev.gaze.example.shared.TwoProcesses;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several processes that share a library. */
final class ProcessCases {
    private static final int JOBS = 200;

    private ProcessCases() {}

    static List<Case> all() {
        return List.of(Case.of(
                "two JVMs on PostgreSQL, one killed", 120, ProcessCases::oneOfTwoKilled, "200 done, 200 images"));
    }

    private static String oneOfTwoKilled(Scene scene) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            TwoProcesses.Outcome outcome =
                    TwoProcesses.play(postgres, Files.createDirectories(scene.library.resolve("shared")), JOBS);
            boolean once =
                    Set.copyOf(outcome.recorded()).size() == outcome.recorded().size()
                            && new HashSet<>(outcome.files()).equals(new HashSet<>(outcome.recorded()));
            long done = outcome.states().stream().filter(JobState.DONE::equals).count();
            scene.open();
            return "%d done, %d images".formatted(done, outcome.files().size())
                    + (once ? "" : ", not each once")
                    + (outcome.before() < JOBS ? "" : ", killed too late");
        }
    }
}
