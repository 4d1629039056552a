package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Resolutions;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.api.template.Wildcard;
import dev.gaze.api.template.WildcardVersion;
import dev.gaze.api.template.Wildcards;
import dev.gaze.example.terminal.Terminal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at wildcards, tries templates with them, and keeps their versions. */
@Command(
        name = "wildcard",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Lists wildcards, tries templates, saves wildcard files and shows their versions.")
final class WildcardCommand extends CommandGroup {
    private WildcardCommand() {}

    /** The command with all that it can do. */
    static CommandLine line(Terminal terminal, Function<String, @Nullable String> environment) {
        return new CommandLine(new WildcardCommand())
                .addSubcommand(new ListOf(terminal, environment))
                .addSubcommand(new Resolve(terminal, environment))
                .addSubcommand(new Versions(terminal, environment))
                .addSubcommand(new Save(terminal, environment));
    }

    /** Lists the files, and what is wrong with them. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists wildcard files with their entries and lists; tells what is wrong with them.")
    private static final class ListOf extends LibraryCommand {
        ListOf(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = look()) {
                gaze.wildcards().list().forEach(wildcard -> terminal().say(line(wildcard)));
                List<Problem> problems = gaze.wildcards().problems();
                problems.forEach(problem -> terminal().complain(problem));
                return problems.isEmpty() ? 0 : ExitCodes.of(GazeException.Kind.INVALID);
            }
        }

        private static String line(Wildcard wildcard) {
            String kind = wildcard.kind().name().toLowerCase(Locale.ROOT);
            String lists = wildcard.categories().isEmpty() ? "" : "  " + String.join(", ", wildcard.categories());
            return "%-24s %-4s %8d%s".formatted(wildcard.name(), kind, wildcard.entries(), lists);
        }
    }

    /** Tries a template. */
    @Command(
            name = "resolve",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Writes what a template becomes, one result a line.")
    private static final class Resolve extends LibraryCommand {
        @Parameters(index = "0", paramLabel = "<template>", description = "Such as \"{cat|dog} in __weather__\".")
        private String template = "";

        @Option(
                names = "--seed",
                paramLabel = "<number>",
                converter = Converters.SeedNumber.class,
                description = "Where draws start; result n uses this and n (${DEFAULT-VALUE}).")
        private Seed seed = new Seed(0);

        @Option(
                names = "--count",
                paramLabel = "<n>",
                converter = Converters.Results.class,
                description = "How many results at most (1; with --all 1000).")
        private @Nullable Integer count;

        @Option(names = "--all", description = "Every result, instead of drawing some.")
        private boolean all;

        @Option(names = "--in-turn", description = "Takes the options in turn, instead of drawing them.")
        private boolean inTurn;

        @Option(names = "--distinct", description = "Without results that came already.")
        private boolean distinct;

        @Option(names = "--strict", description = "A variable that is not set is an error.")
        private boolean strict;

        @Option(names = "--set", paramLabel = "<name>=<text>", description = "Sets a variable. May be given again.")
        private Map<String, String> variables = Map.of();

        Resolve(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = look()) {
                Resolutions results = gaze.wildcards().resolve(request());
                terminal().say(results);
                Set<Problem> warnings = new LinkedHashSet<>(results.warnings());
                results.items().forEach(result -> warnings.addAll(result.warnings()));
                warnings.forEach(warning -> terminal().complain("warning: " + warning));
                return 0;
            }
        }

        private TemplateRequest request() {
            Sampling sampling = all ? Sampling.COMBINATORIAL : inTurn ? Sampling.CYCLICAL : Sampling.RANDOM;
            int usual = all ? 1000 : 1;
            return new TemplateRequest(
                    template, seed, count == null ? usual : count, sampling, distinct, strict, variables);
        }
    }

    /** Lists the versions of a file, or shows one. */
    @Command(
            name = "versions",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists the versions of a wildcard file, the newest first, or writes the text of one.")
    private static final class Versions extends LibraryCommand {
        @Parameters(index = "0", paramLabel = "<name>", description = "As templates write it, such as weather.")
        private String name = "";

        @Option(names = "--show", paramLabel = "<number>", description = "Writes the text of this version.")
        private @Nullable Integer show;

        Versions(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = look()) {
                Wildcards wildcards = gaze.wildcards();
                List<WildcardVersion> versions = wildcards.versions(name);
                if (show == null) {
                    versions.forEach(version -> terminal().say(line(version)));
                } else {
                    terminal().stream(wildcards.text(wanted(versions, show)));
                }
                return 0;
            }
        }

        private WildcardVersion wanted(Collection<WildcardVersion> versions, int number) {
            return versions.stream()
                    .filter(version -> version.version() == number)
                    .findFirst()
                    .orElseThrow(() -> new GazeException(
                            GazeException.Kind.NOT_FOUND,
                            Problem.of("There is no version %d of '%s'".formatted(number, name))
                                    .fix("'wildcard versions %s' lists those there are".formatted(name))));
        }

        private static String line(WildcardVersion version) {
            return "%4d  %s%s".formatted(version.version(), version.created(), version.current() ? "  current" : "");
        }
    }

    /** Saves a file. */
    @Command(
            name = "save",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Saves a wildcard file; the text it replaces is kept as a version.")
    private static final class Save extends LibraryCommand {
        @Parameters(index = "0", paramLabel = "<name>", description = "As templates write it, such as weather.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "<file>", description = "The file that holds the new text, in UTF-8.")
        private Path file = Path.of("");

        Save(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = open()) {
                WildcardVersion saved = gaze.wildcards().save(name, GivenFile.text(file));
                terminal().say(saved.id());
                return 0;
            }
        }
    }
}
