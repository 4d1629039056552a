package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.preset.PresetPack;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.Conversation;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String NEW = "new";

    @Parameters(index = "0", arity = "1..*", paramLabel = "<idea>", description = "What the picture is to show.")
    private List<String> idea = List.of();

    @Option(names = "--target", paramLabel = "<model>", description = "What for: flux, sdxl.")
    private @Nullable String target;

    @Option(
            names = "--preset",
            paramLabel = "<category>=<name>",
            description = "A preset, such as lighting=Moonlight. May be given again.")
    private Map<String, String> flat = new LinkedHashMap<>();

    @Option(names = "--pack", paramLabel = "<name>", description = "A pack of presets.")
    private @Nullable String pack;

    @Option(names = "--llm-model", paramLabel = "<name>", description = "The language model.")
    private @Nullable String model;

    @Option(
            names = "--conversation",
            paramLabel = "<id>",
            description = "Goes on with a conversation; '" + NEW + "' begins one.")
    private @Nullable String conversation;

    @Option(names = "--minutes", paramLabel = "<n>", description = "How long to wait at most (${DEFAULT-VALUE}).")
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
        try (Gaze gaze = open()) {
            PromptWriter writer = gaze.writer().build();
            WriteRequest request = WriteRequest.of(String.join(" ", idea))
                    .target(target)
                    .model(model)
                    .presets(selection(gaze.presets()));
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
    }

    private WrittenPrompt write(PromptWriter writer, WriteRequest request) {
        if (conversation == null) {
            return follow(listener -> writer.stream(request, listener));
        }
        Conversation talk = conversation.equals(NEW)
                ? writer.conversation()
                : writer.conversation(new ConversationId(conversation));
        WrittenPrompt written = follow(listener -> talk.stream(request, listener));
        terminal().say("talk      --conversation " + talk.id());
        return written;
    }

    private WrittenPrompt follow(Function<Consumer<WriterEvent>, WriterCall> begin) {
        WriterCall call = begin.apply(event -> {
            if (event instanceof WriterEvent.Token token) {
                terminal().stream(token.text());
            } else {
                terminal().say("");
            }
        });
        return call.await(Duration.ofMinutes(minutes));
    }

    private void draw(Gaze gaze, WrittenPrompt written, @Nullable HistoryId entry) {
        tellServer(gaze);
        GenerationRequest request = picture.request(gaze).plus(written.prompt()).negative(written.negative());
        Job job = Rendering.show(gaze, request, terminal(), Duration.ofMinutes(minutes));
        if (entry != null) {
            gaze.history().connect(job.id(), entry);
        }
    }

    // Presets --------------------------------------------------------------------------------------------------------

    private PresetSelection selection(Presets presets) {
        if (pack != null) {
            return pack(presets);
        }
        Map<String, Map<String, String>> known = presets.flat().categories();
        flat.forEach((category, name) -> {
            if (!known.containsKey(category)) {
                throw unknown("preset category", category, known.keySet());
            }
            if (!known.get(category).containsKey(name)) {
                throw unknown(
                        "preset in '%s'".formatted(category),
                        name,
                        known.get(category).keySet());
            }
        });
        return new PresetSelection.Flat(flat);
    }

    private PresetSelection pack(Presets presets) {
        return presets.packs().stream()
                .filter(known -> known.id().equals(pack) || known.name().equalsIgnoreCase(pack))
                .findFirst()
                .map(PresetPack::selections)
                .orElseThrow(() -> unknown(
                        "pack of presets",
                        String.valueOf(pack),
                        presets.packs().stream().map(PresetPack::name).toList()));
    }

    private static GazeException unknown(String what, String name, Collection<String> known) {
        return new GazeException(
                GazeException.Kind.NOT_FOUND,
                Problem.of("There is no %s '%s'".formatted(what, name)).fix(NearestNames.fix(name, known, "known")));
    }
}
