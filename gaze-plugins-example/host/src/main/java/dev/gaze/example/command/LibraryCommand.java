package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.GazeBuilder;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: which library, which server, and how they are opened. */
abstract class LibraryCommand implements Callable<Integer> {
    private static final String SERVER_VARIABLE = "GAZE_COMFY_URL";
    private static final String EMBEDDED = "embedded";
    static final String LONGER_LIST = "name a longer list with GAZE_TAGS, or \"tags\" in gaze.json";

    private final Terminal terminal;
    private final Function<String, @Nullable String> environment;

    @Option(
            names = "--library",
            paramLabel = "<folder>",
            defaultValue = "${sys:gaze.example.library:-library}",
            description = "The folder of the library (${DEFAULT-VALUE}).")
    private Path library = Path.of("library");

    @Option(names = "--without", paramLabel = "<plugin>", description = "Leaves a plugin out, by id or class name.")
    private List<String> without = List.of();

    @Option(
            names = "--comfy",
            paramLabel = "<url>",
            converter = Converters.Address.class,
            description = {
                "The ComfyUI server, such as http://127.0.0.1:8188.",
                "Else the one of the library's gaze.json, else " + SERVER_VARIABLE
                        + ", else the embedded server, which draws a sketch of the plan."
            })
    private @Nullable URI comfy;

    @Spec
    private @Nullable CommandSpec spec;

    LibraryCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Opens the library for everything. */
    Gaze open() {
        return builder().open();
    }

    /** Opens the library to look at it, also while somebody else works on it. */
    Gaze look() {
        try {
            return open();
        } catch (GazeException held) {
            if (held.kind() != GazeException.Kind.CONFLICT) {
                throw held;
            }
            return builder().readOnly().open();
        }
    }

    /** Whether a server was named on the command line. */
    boolean namesServer() {
        return comfy != null;
    }

    /** What is wrong with options that are right one by one. */
    ParameterException misused(String what, String fix) {
        CommandLine line = Objects.requireNonNull(spec, "spec").commandLine();
        return new ParameterException(line, what, new Misread(what, fix));
    }

    /** Tells which server will draw, and whether anything is sent to it. */
    void tellServer(Gaze gaze) {
        String name = gaze.servers().get(0).id().name();
        boolean ours = name.startsWith(EMBEDDED);
        terminal.say("server    " + name
                + (ours ? "  (draws a sketch; your own ComfyUI: --comfy <url> or " + SERVER_VARIABLE + ")" : ""));
        tellPause(gaze);
    }

    /** Tells that nothing is sent, if so: whoever waits would take it for a server that hangs. */
    void tellPause(Gaze gaze) {
        if (gaze.jobs().paused()) {
            terminal.say("paused    nothing is sent until `resume`");
        }
    }

    /** Tells that a tag nobody here knows may well exist, if so. */
    void tellShortList(Gaze gaze) {
        if (gaze.tags().onlyShipped()) {
            terminal.complain("note: only the short list of tags that ships is there, which lacks most\n   fix    "
                    + LONGER_LIST);
        }
    }

    private GazeBuilder builder() {
        if (!Files.isDirectory(library)) {
            throw new GazeException(
                    GazeException.Kind.NOT_FOUND,
                    Problem.of("There is no library at '" + library + "'")
                            .fix("name its folder with --library; an empty folder is a library too"));
        }
        GazeBuilder builder = Gaze.builder().library(library).environment(this::variable);
        without.forEach(builder::without);
        return comfy == null ? builder : builder.server(comfy);
    }

    /** Where nobody names a server, the embedded one stands in, so that everything can be tried. */
    private @Nullable String variable(String name) {
        String value = environment.apply(name);
        return name.equals(SERVER_VARIABLE) && (value == null || value.isBlank()) ? EMBEDDED : value;
    }
}
