package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.author.Author;
import dev.gaze.api.author.BulkReport;
import dev.gaze.api.author.BulkStep;
import dev.gaze.api.author.WritingEvent;
import dev.gaze.api.author.Written;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.json.Json;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Answering;
import dev.gaze.example.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes new assets, blank or written by the language model. */
@Command(
        name = "author",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Has the language model write assets from descriptions or for model files; makes blank ones.")
final class AuthorCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private AuthorCommand() {}

    /** The command with all that it can do. */
    static CommandLine line(Terminal terminal, Function<String, @Nullable String> environment) {
        return new CommandLine(new AuthorCommand())
                .addSubcommand(new Write(terminal, environment))
                .addSubcommand(new Bulk(terminal, environment))
                .addSubcommand(new Blank(terminal, environment));
    }

    @Override
    public void run() {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        line.usage(line.getOut());
    }

    /** What all of them share. */
    private abstract static class OnCategory extends LibraryCommand {
        @Parameters(index = "0", paramLabel = "<category>", description = "Such as character.")
        private String category = "";

        OnCategory(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = open()) {
                return work(gaze, category);
            }
        }

        abstract int work(Gaze gaze, String category);

        void show(AssetData data) {
            terminal().say(new String(Json.pretty(data.json()), StandardCharsets.UTF_8).stripTrailing());
        }

        void notes(List<Problem> notes) {
            notes.forEach(note -> terminal().say("note      " + note));
        }

        void saved(Asset asset) {
            terminal().say("saved     " + asset.key() + "  " + asset.file());
        }
    }

    /** Writes one. */
    @Command(
            name = "write",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = {
                "Has an asset written from a description, and shows it.",
                "It is saved when you say so: at a terminal you are asked, elsewhere say --save."
            })
    private static final class Write extends OnCategory {
        @Parameters(
                index = "1",
                arity = "0..*",
                paramLabel = "<description>",
                description = "What it should be. With --file it is not needed.")
        private List<String> description = List.of();

        @Option(
                names = "--file",
                paramLabel = "<model file>",
                description = "For this model file, from its name and header.")
        private @Nullable String file;

        @Option(names = "--llm-model", paramLabel = "<name>", description = "The language model.")
        private @Nullable String model;

        @Option(names = "--save", description = "Saves it without asking.")
        private boolean save;

        @Option(names = "--unknown-tags", description = "Accepts tags that the catalogue does not know.")
        private boolean unknownTags;

        private static final String ACCEPT = "accept these with --unknown-tags";

        private final Answering answering;

        Write(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
            answering = new Answering(terminal);
        }

        @Override
        public Integer call() {
            if (description.isEmpty() && file == null) {
                throw misused(
                        "There is nothing to write from", "say what it should be, or name a model file with --file");
            }
            return super.call();
        }

        @Override
        int work(Gaze gaze, String category) {
            Written written = write(gaze.author(category).withModel(model));
            if (written instanceof Written.Valid valid) {
                return offer(valid);
            }
            Written.NeedsHuman open = (Written.NeedsHuman) written;
            open.problems().forEach(problem -> terminal().complain("wrong: " + forPeople(problem)));
            Written.Valid draft = open.draft();
            if (draft != null && unknownTags) {
                return offer(draft);
            }
            terminal().say(open.text());
            terminal()
                    .complain("error: The model wrote no %s that can be saved\n   fix    %s"
                            .formatted(
                                    category,
                                    draft == null
                                            ? "mend it by hand, describe it in other words, or use another model"
                                            : gaze.tags().onlyShipped()
                                                    ? LONGER_LIST
                                                            + ", for the short one that ships lacks most tags; or "
                                                            + ACCEPT
                                                    : ACCEPT));
            return ExitCodes.of(Kind.FAILED);
        }

        /** What helps is advice for the model, unless it says which tag is near. */
        private static Problem forPeople(Problem wrong) {
            String fix = wrong.fix();
            return fix == null || fix.startsWith("did you mean") ? wrong : wrong.fix(null);
        }

        private Written write(Author author) {
            return file != null
                    ? author.writeFor(file, this::tell)
                    : author.write(String.join(" ", description), this::tell);
        }

        /**
         * Why the model is asked again and, on a terminal, what it looks up; the asset itself is shown when it is right.
         */
        private void tell(WritingEvent event) {
            if (event instanceof WritingEvent.Round round && round.number() > 1) {
                terminal()
                        .say("again     %d of %d, since %d %s wrong"
                                .formatted(
                                        round.number(),
                                        Author.ROUNDS,
                                        round.wrong().size(),
                                        round.wrong().size() == 1 ? "thing is" : "things are"));
            } else if (event instanceof WritingEvent.Told told
                    && !(told.event() instanceof ChatEvent.Token)
                    && (terminal().interactive() || told.event() instanceof ChatEvent.Retrying)) {
                answering.accept(told.event());
            }
        }

        private int offer(Written.Valid valid) {
            show(valid.data());
            notes(valid.notes());
            if (save || Consent.given(terminal(), "Save it as '" + valid.id() + "'?")) {
                saved(valid.save());
            } else {
                terminal().say("not saved; --save does");
            }
            return 0;
        }
    }

    /** Writes one for every model file without. */
    @Command(
            name = "bulk",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = {
                "Writes and saves an asset for every model file that no asset names, one after the other.",
                "Stop it whenever you like; the next run goes on."
            })
    private static final class Bulk extends OnCategory {
        @Option(names = "--llm-model", paramLabel = "<name>", description = "The language model.")
        private @Nullable String model;

        @Option(names = "--save", description = "Begins without asking.")
        private boolean save;

        @Option(
                names = "--most",
                converter = Converters.AtLeastOne.class,
                paramLabel = "<n>",
                description = "How many files at most in this run.")
        private int most = Integer.MAX_VALUE;

        Bulk(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        int work(Gaze gaze, String category) {
            if (!save
                    && !Consent.given(
                            terminal(), "Write and save a " + category + " for every model file without one?")) {
                terminal().complain("error: Nothing was written\n   fix    say --save");
                return ExitCodes.USAGE;
            }
            BulkReport report = gaze.author(category).withModel(model).bulkCreate(step -> {
                tell(step);
                return step.number() < most;
            });
            terminal()
                    .say("%d written, %d left, %d had one%s"
                            .formatted(
                                    report.created().size(),
                                    report.left().size(),
                                    report.skipped(),
                                    report.complete() ? "" : "; run it again to go on"));
            return report.left().isEmpty() ? 0 : ExitCodes.of(Kind.FAILED);
        }

        private void tell(BulkStep step) {
            String made =
                    step.created() == null ? "not written" : step.created().toString();
            terminal().say("%d of %d  %s  %s".formatted(step.number(), step.of(), step.file(), made));
            if (step.created() == null) {
                step.problems().forEach(problem -> terminal().complain("wrong: " + problem));
            } else {
                notes(step.problems());
            }
        }
    }

    /** Makes an empty one. */
    @Command(
            name = "blank",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Makes an asset with every field of its category, empty, to be filled in by hand.")
    private static final class Blank extends OnCategory {
        @Parameters(index = "1", paramLabel = "<id>", description = "Such as mira_vale.")
        private String id = "";

        Blank(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        int work(Gaze gaze, String category) {
            saved(gaze.assets(category).createBlank(id));
            return 0;
        }
    }
}
