package dev.gaze.example.command;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.example.terminal.Terminal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
@Command(
        name = "gaze-example",
        description = "Turns a folder of asset files into images made by ComfyUI.",
        mixinStandardHelpOptions = true,
        version = "GAZE example 0.1.0",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n")
public final class Host implements Runnable {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "With the stack trace of an error.")
    private boolean debug;

    @Spec
    private @Nullable CommandSpec spec;

    private Host() {}

    /**
     * Runs one command.
     *
     * @param terminal where to write
     * @param environment environment variables by name; null for unset ones
     * @param arguments the command and its options
     * @return the exit code
     */
    public static int run(Terminal terminal, Function<String, @Nullable String> environment, String... arguments) {
        return commandLine(terminal, environment).execute(arguments);
    }

    /** Every command there is, ready to be run or looked at. */
    static CommandLine commandLine(Terminal terminal, Function<String, @Nullable String> environment) {
        Host host = new Host();
        CommandLine line = new CommandLine(host)
                .addSubcommand(new SyncCommand(terminal, environment))
                .addSubcommand(new ListCommand(terminal, environment))
                .addSubcommand(new ShowCommand(terminal, environment))
                .addSubcommand(new PreviewCommand(terminal, environment))
                .addSubcommand(new WorkflowCommand(terminal, environment))
                .addSubcommand(new GenerateCommand(terminal, environment))
                .addSubcommand(new BatchCommand(terminal, environment))
                .addSubcommand(new CoversCommand(terminal, environment))
                .addSubcommand(new JobsCommand(terminal, environment))
                .addSubcommand(new BatchesCommand(terminal, environment))
                .addSubcommand(new FollowCommand(terminal, environment))
                .addSubcommand(new CancelCommand(terminal, environment))
                .addSubcommand(new PauseCommand(terminal, environment))
                .addSubcommand(new ResumeCommand(terminal, environment))
                .addSubcommand(new RetryCommand(terminal, environment))
                .addSubcommand(WildcardCommand.line(terminal, environment))
                .addSubcommand(TagsCommand.line(terminal, environment))
                .addSubcommand(AuthorCommand.line(terminal, environment))
                .addSubcommand(new WriteCommand(terminal, environment))
                .addSubcommand(new ChatCommand(terminal, environment))
                .addSubcommand(HistoryCommand.line(terminal, environment))
                .addSubcommand(new McpServerCommand(terminal, environment))
                .addSubcommand(new BackendsCommand(terminal, environment))
                .addSubcommand(new DemoCommand(terminal, environment));
        line.getCommandSpec()
                .usageMessage()
                .exitCodeList(CommandLine.Model.UsageMessageSpec.keyValuesMap(ExitCodes.HELP));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler((wrong, given) -> wrongOptions(wrong, terminal))
                .setExecutionExceptionHandler((failure, command, parsed) -> host.failed(failure, terminal));
    }

    /** Without a command there is nothing to do but to tell which ones there are. */
    @Override
    public void run() {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        line.usage(line.getOut());
    }

    private static int wrongOptions(ParameterException wrong, Terminal terminal) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String fix = command + " --help tells what there is";
        if (wrong.getCause() instanceof Misread misread) {
            fix = misread.fix();
        } else if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> near = NearestNames.of(unmatched.getUnmatched().get(0), unmatched.getSuggestions());
            fix = near.isEmpty() ? fix : "did you mean '" + String.join("' or '", near) + "'?";
        }
        String what = String.valueOf(wrong.getMessage()).replace("option option", "option"); // picocli says it twice
        terminal.complain("error: " + what + "\n   fix    " + fix);
        return ExitCodes.USAGE;
    }

    private int failed(Exception failure, Terminal terminal) {
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        if (failure instanceof GazeException refused) {
            terminal.complain("error: " + refused.getMessage());
            return ExitCodes.of(refused.kind());
        }
        if (failure instanceof IllegalArgumentException wrong) {
            terminal.complain("error: " + wrong.getMessage());
            return ExitCodes.USAGE;
        }
        terminal.complain(
                "error: unexpected " + failure + "\n   fix    run it again with --debug and report what it says");
        return ExitCodes.UNEXPECTED;
    }
}
