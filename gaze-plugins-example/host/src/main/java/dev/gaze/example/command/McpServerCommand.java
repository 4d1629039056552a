package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.example.terminal.Terminal;
import dev.gaze.llm.mcp.ToolServing;
import dev.gaze.llm.tool.LibraryTools;
import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Offers the library to other programs. */
@Command(
        name = "mcp-server",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Offers the library to MCP clients.",
            "It speaks over standard input and output, until the input ends: tools to list and search assets, preview a",
            "prompt, make a picture, and look up tags."
        })
final class McpServerCommand extends LibraryCommand {

    McpServerCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        PrintStream output = System.out;
        System.setOut(System.err); // nothing but the protocol may come out where it is spoken
        try (Gaze gaze = look();
                OnExit stop = OnExit.call("close on exit", gaze::close)) {
            ToolServing.serve(LibraryTools.of(gaze), terminal().in(), terminal().raw());
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new GazeException(GazeException.Kind.CANCELLED, Problem.of("The server was stopped"));
        } finally {
            System.setOut(output);
        }
    }
}
