package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import dev.gaze.example.terminal.Terminal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks tags up. */
@Command(
        name = "tags",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Looks up the tags image models were trained on.",
            "They come from the list that 'tags' in gaze.json names, else GAZE_TAGS, else a small one that ships."
        })
final class TagsCommand extends CommandGroup {
    private TagsCommand() {}

    /** The command with all that it can do. */
    static CommandLine line(Terminal terminal, Function<String, @Nullable String> environment) {
        return new CommandLine(new TagsCommand())
                .addSubcommand(new Search(terminal, environment))
                .addSubcommand(new Suggest(terminal, environment))
                .addSubcommand(new Validate(terminal, environment));
    }

    /** What finding tags takes, one way or the other. */
    private abstract static class Finding extends LibraryCommand {
        @Parameters(index = "0", arity = "1..*", paramLabel = "<text>", description = "A tag, or a part of it.")
        private List<String> text = List.of();

        @Option(names = "--category", paramLabel = "<name>", description = "Only tags of it, such as general or 4.")
        private @Nullable String category;

        @Option(names = "--most", paramLabel = "<n>", description = "How many at most (${DEFAULT-VALUE}).")
        private int most = TagQuery.USUAL;

        Finding(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = look()) {
                TagQuery query = TagQuery.of(String.join(" ", text)).limit(most).in(category);
                List<TagHit> hits = find(gaze.tags(), query);
                hits.forEach(hit -> terminal().say(line(hit)));
                if (hits.isEmpty()) {
                    terminal().complain("No tag was found for '%s'".formatted(query.text()));
                    tellShortList(gaze);
                }
                return 0;
            }
        }

        abstract List<TagHit> find(TagCatalogue tags, TagQuery query);

        private static String line(TagHit hit) {
            return "%-32s %-10s %9d  %s"
                    .formatted(
                            hit.tag().name(),
                            hit.tag().categoryName(),
                            hit.tag().count(),
                            hit.alias() == null ? "" : "(" + hit.alias() + ")")
                    .stripTrailing();
        }
    }

    /** Finds by the beginning. */
    @Command(
            name = "search",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Finds tags by the beginning of their name, then of another name; most used first.")
    private static final class Search extends Finding {
        Search(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        List<TagHit> find(TagCatalogue tags, TagQuery query) {
            return tags.search(query);
        }
    }

    /** Finds by any part, and forgives a slip. */
    @Command(
            name = "suggest",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Finds tags by their beginning, a word, any part of them, or with a slip of the fingers.")
    private static final class Suggest extends Finding {
        Suggest(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        List<TagHit> find(TagCatalogue tags, TagQuery query) {
            return tags.suggest(query);
        }
    }

    /** Tells which of some tags exist. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Tells which tags exist, under which name, and what was meant by those that do not.")
    private static final class Validate extends LibraryCommand {
        @Parameters(
                index = "0",
                arity = "1..*",
                split = ",",
                paramLabel = "<tag>",
                description = "Tags as a prompt has them, with or without weights; commas part them, too.")
        private List<String> tags = List.of();

        Validate(Terminal terminal, Function<String, @Nullable String> environment) {
            super(terminal, environment);
        }

        @Override
        public Integer call() {
            try (Gaze gaze = look()) {
                TagCheck check = gaze.tags().validate(tags);
                check.valid().forEach(tag -> line("valid", tag));
                check.aliases().forEach((alias, tag) -> line("alias", alias + " of " + tag));
                check.invalid().forEach(unknown -> line("unknown", unknown.tag() + meant(unknown)));
                check.blocked().forEach(tag -> line("blocked", tag));
                if (!check.invalid().isEmpty()) {
                    tellShortList(gaze);
                }
                return check.passed() ? 0 : ExitCodes.of(GazeException.Kind.INVALID);
            }
        }

        private void line(String what, String tag) {
            terminal().say("%-9s %s".formatted(what, tag));
        }

        private static String meant(TagCheck.Unknown unknown) {
            return unknown.suggestions().isEmpty()
                    ? ""
                    : "  (did you mean " + String.join(", ", unknown.suggestions()) + "?)";
        }
    }
}
