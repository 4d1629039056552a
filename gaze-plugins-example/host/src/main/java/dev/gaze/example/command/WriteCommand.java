package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Wildcards;
import dev.gaze.api.writer.Conversation;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.PromptTarget;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteOutcome;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import dev.gaze.example.terminal.Answering;
import dev.gaze.example.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a prompt written. */
@Command(
        name = "write",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Has a language model write a prompt from an idea, shown as it comes.",
            "With --generate the picture is made too; the options of a picture count only then."
        })
final class WriteCommand extends LibraryCommand {
    private static final String NEW = Converters.Talk.NEW;

    @Parameters(index = "0", arity = "0..*", paramLabel = "<idea>", description = "What the picture is to show.")
    private List<String> idea = List.of();

    @Option(names = "--target", paramLabel = "<model>", description = "What for: flux, sdxl, or what a plugin brings.")
    private @Nullable String target;

    @Option(
            names = "--image",
            paramLabel = "<file>",
            description = "Describes this picture; the idea says what to mind.")
    private @Nullable Path image;

    @Option(
            names = "--ideas",
            paramLabel = "<file>",
            description = "Writes a prompt for every line of a file; each may fail alone.")
    private @Nullable Path ideas;

    @Option(
            names = "--at-once",
            converter = Converters.AtLeastOne.class,
            paramLabel = "<n>",
            description = "How many lines at once (${DEFAULT-VALUE}).")
    private int atOnce = 1;

    @Mixin
    private PresetOptions presets = new PresetOptions();

    @Option(names = "--llm-model", paramLabel = "<name>", description = "The language model.")
    private @Nullable String model;

    @Option(
            names = "--conversation",
            paramLabel = "<id>",
            converter = Converters.Talk.class,
            description = "Goes on with a conversation; '" + NEW + "' begins one.")
    private @Nullable String conversation;

    @Option(
            names = TimeLimit.OPTION,
            converter = Converters.AtLeastOne.class,
            paramLabel = "<n>",
            description = "How long to wait at most (${DEFAULT-VALUE}).")
    private int minutes = 60;

    @Option(names = "--generate", description = "Makes the picture.")
    private boolean generate;

    @Mixin
    private RequestOptions picture = new RequestOptions();

    WriteCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        if (idea.isEmpty() && image == null && ideas == null) {
            throw misused(
                    "There is nothing to write a prompt from",
                    "say what the picture is to show, such as: write \"a lighthouse\"; or name --image or --ideas");
        }
        try (Gaze gaze = open()) {
            PromptWriter writer = gaze.writer().build();
            requireTarget(writer);
            WriteRequest request = WriteRequest.of(String.join(" ", idea))
                    .target(target)
                    .model(model)
                    .presets(presets.selection(gaze.presets()));
            return ideas == null ? writeOne(gaze, writer, request) : writeMany(writer, request, ideas);
        }
    }

    /** A slip here would cost a whole answer, written for another kind of model. */
    private void requireTarget(PromptWriter writer) {
        List<String> known = writer.targets().stream().map(PromptTarget::id).toList();
        if (target != null && !known.contains(target)) {
            throw new GazeException(
                    GazeException.Kind.NOT_FOUND,
                    Problem.of("There is no target '%s'".formatted(target))
                            .fix(NearestNames.fix(target, known, "targets")));
        }
    }

    private int writeOne(Gaze gaze, PromptWriter writer, WriteRequest request) {
        WrittenPrompt written = write(writer, request);
        written.warnings().forEach(warning -> terminal().say("warning: " + warning));
        HistoryId entry = written.entry();
        if (entry != null) {
            terminal().say("history   " + entry);
        }
        if (generate) {
            draw(gaze, written, entry);
        }
        return 0;
    }

    private int writeMany(PromptWriter writer, WriteRequest base, Path file) {
        List<WriteRequest> requests = GivenFile.lines(file, "an idea").stream()
                .map(line -> new WriteRequest(line, base.target(), base.presets(), base.model(), null))
                .toList();
        List<WriteOutcome> outcomes = writer.writeAll(requests, atOnce, outcome -> {
            terminal().say("idea      " + outcome.request().text());
            if (outcome instanceof WriteOutcome.Written written) {
                terminal().say(written.prompt());
            } else if (outcome instanceof WriteOutcome.Failed failed) {
                terminal().complain("failed    " + failed.failure().getMessage());
            }
        });
        boolean all = outcomes.stream().allMatch(WriteOutcome.Written.class::isInstance);
        return all ? 0 : ExitCodes.of(GazeException.Kind.FAILED);
    }

    private WrittenPrompt write(PromptWriter writer, WriteRequest request) {
        if (image != null) {
            ChatImage seen = GivenFile.image(image);
            return follow(listener -> writer.describe(seen, request, listener));
        }
        if (conversation == null) {
            return follow(listener -> writer.stream(request, listener));
        }
        Conversation talk = conversation.equals(NEW)
                ? writer.conversation()
                : writer.conversation(new ConversationId(conversation));
        if (!conversation.equals(NEW) && talk.messages().isEmpty()) {
            terminal().say("warning: nothing was said in this conversation, or it was forgotten; it begins anew");
        }
        WrittenPrompt written = follow(listener -> talk.stream(request, listener));
        terminal().say("talk      --conversation " + talk.id());
        return written;
    }

    private WrittenPrompt follow(Function<Consumer<WriterEvent>, WriterCall> begin) {
        Answering shown = new Answering(terminal());
        WriterCall call = begin.apply(event -> {
            if (event instanceof WriterEvent.Token token) {
                shown.accept(new ChatEvent.Token(token.text()));
            } else if (event instanceof WriterEvent.Retrying again) {
                shown.accept(again.event());
            } else {
                shown.endLine();
            }
        });
        return new TimeLimit(Duration.ofMinutes(minutes)).await(call::await, call::cancel);
    }

    private void draw(Gaze gaze, WrittenPrompt written, @Nullable HistoryId entry) {
        tellServer(gaze);
        GenerationRequest request = picture.request(gaze)
                .plus(Wildcards.literal(written.prompt()))
                .negative(Wildcards.literal(written.negative()));
        Job job = Rendering.show(gaze, request, terminal(), Duration.ofMinutes(minutes));
        gaze.history().connect(job.id(), entry);
    }
}
