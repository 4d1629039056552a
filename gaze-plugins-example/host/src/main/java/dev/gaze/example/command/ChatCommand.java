package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatModels;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import dev.gaze.llm.tool.LibraryTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks with the language model. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Talks with the library's language model, which may look up tags and call MCP servers.",
            "Without a question it reads one from every line, and keeps the conversation until " + ChatCommand.BYE
                    + " or the end of the input."
        })
final class ChatCommand extends LibraryCommand {
    static final String BYE = "/bye";
    private static final String RESET = "/reset";

    @Parameters(index = "0", arity = "0..*", paramLabel = "<question>", description = "What to ask.")
    private List<String> question = List.of();

    @Option(names = "--image", paramLabel = "<file>", description = "A picture to look at. May be given again.")
    private List<Path> images = List.of();

    @Option(names = "--system", paramLabel = "<text>", description = "How the model is to behave.")
    private @Nullable String system;

    @Option(names = "--llm-model", paramLabel = "<name>", description = "The language model.")
    private @Nullable String model;

    @Option(names = "--models", description = "Lists the models of the server, the one in use first, and ends.")
    private boolean models;

    @Option(names = "--no-tools", description = "Offers the model no tools.")
    private boolean noTools;

    @Option(
            names = "--with-library",
            description = "Lets the model list assets, preview prompts and make pictures, too.")
    private boolean withLibrary;

    @Option(
            names = TimeLimit.OPTION,
            converter = Converters.AtLeastOne.class,
            paramLabel = "<n>",
            description = "How long one answer may take, tools included (${DEFAULT-VALUE}).")
    private int minutes = 10;

    ChatCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        List<ChatImage> pictures = images.stream().map(GivenFile::image).toList();
        try (Gaze gaze = withLibrary ? open() : look()) {
            if (models) {
                tell(gaze.llm().models());
                return 0;
            }
            Talk talk = new Talk(gaze, tools(gaze), system, model, Duration.ofMinutes(minutes), terminal());
            if (question.isEmpty()) {
                return lines(talk, pictures);
            }
            talk.ask(new ChatMessage.User(String.join(" ", question), pictures));
            return 0;
        }
    }

    private void tell(ChatModels known) {
        String preferred = known.preferred();
        if (preferred != null) {
            terminal().say(preferred + (known.names().contains(preferred) ? "" : "  (the server does not list it)"));
        }
        known.names().stream().filter(name -> !name.equals(preferred)).forEach(terminal()::say);
    }

    private List<ChatTool> tools(Gaze gaze) {
        if (noTools) {
            return List.of();
        }
        Map<String, ChatTool> tools = new LinkedHashMap<>();
        gaze.chatTools().forEach(tool -> tools.put(tool.id(), tool));
        if (withLibrary) {
            LibraryTools.of(gaze).forEach(tool -> tools.putIfAbsent(tool.id(), tool));
        }
        return List.copyOf(tools.values());
    }

    /** A question that fails ends no conversation; the exit code tells of the last one that did. */
    private int lines(Talk talk, List<ChatImage> pictures) {
        List<ChatImage> show = new ArrayList<>(pictures);
        int code = 0;
        BufferedReader lines = terminal().lines();
        for (String line = next(lines); line != null && !line.equals(BYE); line = next(lines)) {
            if (line.equals(RESET)) {
                talk.reset();
            } else if (!line.isEmpty()) {
                try {
                    talk.ask(new ChatMessage.User(line, show));
                    show.clear();
                } catch (GazeException failed) {
                    terminal().complain("error: " + failed.getMessage());
                    code = ExitCodes.of(failed.kind());
                }
            }
        }
        return code;
    }

    private @Nullable String next(BufferedReader lines) {
        if (terminal().interactive()) {
            terminal().stream("> ");
        }
        try {
            String line = lines.readLine();
            return line == null ? null : line.strip();
        } catch (IOException broken) {
            throw new GazeException(
                    GazeException.Kind.FAILED, Problem.of("The input cannot be read: " + broken.getMessage()));
        }
    }
}
