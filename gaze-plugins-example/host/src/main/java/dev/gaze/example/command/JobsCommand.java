package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Page;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.example.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Lists jobs, the newest first, with where they stand. Opening the library goes on with those that wait.")
final class JobsCommand extends LibraryCommand {
    @Option(names = "--state", paramLabel = "<state>", description = "Only in this state: ${COMPLETION-CANDIDATES}.")
    private List<JobState> states = List.of();

    @Option(
            names = "--batch",
            paramLabel = "<id>",
            converter = Converters.Id.class,
            description = "Only of this batch.")
    private @Nullable UUID batch;

    @Option(
            names = "--most",
            converter = Converters.AtLeastOne.class,
            paramLabel = "<n>",
            description = "How many at most (${DEFAULT-VALUE}).")
    private int most = 50;

    JobsCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            JobQuery query = JobQuery.ALL.in(states.toArray(JobState[]::new));
            Page<Job> page = gaze.jobs().list(batch == null ? query : query.of(new BatchId(batch)), 0, most);
            page.items().forEach(this::tell);
            terminal().say("%d of %d".formatted(page.items().size(), page.total()));
            tellPause(gaze);
            return 0;
        }
    }

    private void tell(Job job) {
        String more = job.result()
                .map(result -> result.image().file().toAbsolutePath().toString())
                .or(() -> job.problem().map(problem -> problem.what()))
                .orElseGet(() -> job.position() > 0 ? "place " + job.position() : "");
        terminal()
                .say("%s  %-9s  %s"
                        .formatted(job.id(), job.state().name().toLowerCase(Locale.ROOT), more)
                        .stripTrailing());
    }
}
