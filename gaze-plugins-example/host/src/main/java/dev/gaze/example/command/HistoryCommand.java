package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Page;
import dev.gaze.api.history.History;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks into the history: what was asked, and what came of it. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Shows, searches, deletes and exports what was made and written.")
final class HistoryCommand extends CommandGroup {
    private HistoryCommand() {}

    /** The command with all that it can do. */
    static CommandLine line(Terminal terminal, Function<String, @Nullable String> environment) {
        return new CommandLine(new HistoryCommand())
                .addSubcommand(new ListOf(terminal, environment))
                .addSubcommand(new Search(terminal, environment))
                .addSubcommand(new Show(terminal, environment))
                .addSubcommand(new Delete(terminal, environment))
                .addSubcommand(new Export(terminal, environment));
    }

    /** What all of them share. */
    private abstract static class OnHistory extends LibraryCommand {
        OnHistory(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = open()) {
                work(gaze, gaze.history());
                return 0;
            }
        }

        abstract void work(Gaze gaze, History history);
    }

    /** What lists entries. */
    private abstract static class Listing extends OnHistory {
        @Option(
                names = "--most",
                converter = Converters.Entries.class,
                paramLabel = "<n>",
                description = "How many at most, 1 to 200 (${DEFAULT-VALUE}).")
        private int most = 50;

        Listing(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        void work(Gaze gaze, History history) {
            Page<HistoryEntry> page = history.list(query(most));
            page.items().forEach(entry -> terminal().say(entry));
            terminal().say("%d of %d".formatted(page.items().size(), page.total()));
        }

        abstract HistoryQuery query(int most);
    }

    /** Lists the newest. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists entries, the newest first.")
    private static final class ListOf extends Listing {
        @Option(names = "--mode", paramLabel = "<mode>", description = "Only: ${COMPLETION-CANDIDATES}.")
        private @Nullable HistoryMode mode;

        @Option(names = "--skip", paramLabel = "<n>", description = "How many to pass over (${DEFAULT-VALUE}).")
        private int skip;

        ListOf(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        HistoryQuery query(int most) {
            return HistoryQuery.NEWEST.in(mode).page(skip, most);
        }
    }

    /** Looks for a text. */
    @Command(name = "search", mixinStandardHelpOptions = true, description = "Lists entries that hold a text.")
    private static final class Search extends Listing {
        @Parameters(index = "0", paramLabel = "<text>", description = "As it stands; case makes no difference.")
        private String text = "";

        @Option(names = "--words", description = "Every word of it, in any order.")
        private boolean words;

        Search(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        HistoryQuery query(int most) {
            HistoryQuery query = HistoryQuery.NEWEST.page(0, most);
            return words ? query.withWords(text) : query.containing(text);
        }
    }

    /** Shows one entry. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one entry, with its pictures.")
    private static final class Show extends OnHistory {
        @Parameters(
                index = "0",
                paramLabel = "<id>",
                converter = Converters.Entry.class,
                description = "The number of the entry.")
        private HistoryId id = new HistoryId(1);

        Show(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        void work(Gaze gaze, History history) {
            HistoryEntry entry = history.get(id);
            line("made", entry.made());
            line("mode", entry.note().mode().id());
            line("model", entry.note().model());
            line("writer", entry.note().writtenBy());
            line("from", entry.note().parent());
            line("job", entry.job());
            line(
                    "presets",
                    entry.note().presets().members().isEmpty()
                            ? null
                            : entry.note().presets());
            line("asked", entry.note().input());
            line("words", entry.note().output());
            line("negative", entry.note().negative());
            history.images(entry.id()).forEach(image -> line("picture", image));
        }

        private void line(String label, @Nullable Object value) {
            if (value != null && !value.toString().isBlank()) {
                terminal().say("%-9s %s".formatted(label, value));
            }
        }
    }

    /** Deletes one entry. */
    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes one entry; its pictures stay.")
    private static final class Delete extends OnHistory {
        @Parameters(
                index = "0",
                paramLabel = "<id>",
                converter = Converters.Entry.class,
                description = "The number of the entry.")
        private HistoryId id = new HistoryId(1);

        Delete(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        void work(Gaze gaze, History history) {
            if (!history.delete(id)) {
                throw new GazeException(
                        GazeException.Kind.NOT_FOUND, Problem.of("There is no entry %s in the history".formatted(id)));
            }
            terminal().say("deleted");
        }
    }

    /** Writes entries out. */
    @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes all entries as JSON lines.")
    private static final class Export extends OnHistory {
        @Option(names = "--file", paramLabel = "<file>", description = "A new file; without it they are printed.")
        private @Nullable Path file;

        Export(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        void work(Gaze gaze, History history) {
            if (file == null) {
                history.export(HistoryQuery.NEWEST, terminal()::say);
                return;
            }
            try (BufferedWriter lines = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
                long count = history.export(HistoryQuery.NEWEST, line -> write(lines, line));
                terminal().say("%d entries in %s".formatted(count, file.toAbsolutePath()));
            } catch (NoSuchFileException noFolder) {
                throw new GazeException(
                        GazeException.Kind.INVALID,
                        Problem.of("There is no folder for the file '%s'".formatted(file))
                                .fix("make the folder, or name another one"));
            } catch (FileAlreadyExistsException there) {
                throw new GazeException(
                        GazeException.Kind.INVALID,
                        Problem.of("The file '%s' is there already".formatted(file))
                                .fix("name a new one"));
            } catch (IOException | UncheckedIOException failure) {
                throw new GazeException(
                        GazeException.Kind.FAILED,
                        new Problem(
                                "Cannot write: " + failure.getMessage(),
                                file.toString(),
                                "name a file that is not there yet"));
            }
        }

        private static void write(BufferedWriter lines, String line) {
            try {
                lines.write(line);
                lines.newLine();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
