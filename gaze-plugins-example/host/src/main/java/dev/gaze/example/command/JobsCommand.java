package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Page;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobQuery;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Selection;
import dev.gaze.example.terminal.Terminal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Lists jobs, the newest first, with where they stand. Opening the library goes on with those that wait.")
final class JobsCommand extends LibraryCommand {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Option(names = "--state", paramLabel = "<state>", description = "Only in this state: ${COMPLETION-CANDIDATES}.")
    private List<JobState> states = List.of();

    @Option(
            names = "--batch",
            paramLabel = "<id>",
            converter = Converters.OfBatch.class,
            description = "Only of this batch.")
    private @Nullable UUID batch;

    @Mixin
    private MostOption list = new MostOption();

    JobsCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = open()) {
            JobQuery query = JobQuery.ALL.in(states.toArray(JobState[]::new));
            if (batch != null) {
                query = query.of(known(gaze, new BatchId(batch)));
            }
            Page<Job> page = gaze.jobs().list(query, 0, list.most());
            page.items().forEach(this::tell);
            terminal().say("%d of %d".formatted(page.items().size(), page.total()));
            tellPause(gaze);
            return 0;
        }
    }

    private static BatchId known(Gaze gaze, BatchId batch) {
        return gaze.jobs()
                .findBatch(batch)
                .orElseThrow(() -> new GazeException(
                        GazeException.Kind.NOT_FOUND,
                        Problem.of("There is no batch " + batch).fix(Converters.OfBatch.WHERE)))
                .id();
    }

    /** A moment as whoever sits here reads the clock. */
    static String told(Instant moment) {
        return CLOCK.format(moment.atZone(ZoneId.systemDefault()));
    }

    private void tell(Job job) {
        String more = job.result()
                .map(result -> result.image().file().toAbsolutePath().toString())
                .or(() -> job.problem().map(problem -> problem.what()))
                .orElseGet(() -> job.position() > 0 ? "place " + job.position() : "");
        terminal()
                .row(
                        "%s  %-9s  %s"
                                .formatted(
                                        job.id(), job.state().name().toLowerCase(Locale.ROOT), told(job.submitted())),
                        job.batch().map(id -> "batch " + id).orElse(""),
                        more,
                        words(job.request().selection()));
    }

    /** What was chosen and said, in one line. */
    private static String words(Selection chosen) {
        return Stream.concat(chosen.assets().stream(), Stream.of(chosen.plus()))
                .map(word -> word.toString().replaceAll("\\s+", " ").strip())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
