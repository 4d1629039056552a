package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.json.Json;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.example.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the graph that would be sent. */
@Command(
        name = "workflow",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Prints the wired graph as JSON in API format, and nothing else on standard output.",
            "With --comfy it is wired for that server: names are spelled its way, and what it lacks is left out."
        })
final class WorkflowCommand extends LibraryCommand {
    @Mixin
    private RequestOptions wanted = new RequestOptions();

    WorkflowCommand(Terminal terminal, Function<String, @Nullable String> environment) {
        super(terminal, environment);
    }

    @Override
    public Integer call() {
        try (Gaze gaze = namesServer() ? open() : look()) {
            Workflow workflow = wired(gaze, wanted.request(gaze));
            workflow.warnings().forEach(warning -> terminal().complain("warning: " + warning));
            terminal().say(new String(Json.pretty(workflow.json()), StandardCharsets.UTF_8).stripTrailing());
            return 0;
        }
    }

    private Workflow wired(Gaze gaze, GenerationRequest request) {
        if (!namesServer()) {
            return gaze.wire(request);
        }
        return gaze.wirer()
                .wire(
                        gaze.template(request.settings().template()),
                        gaze.plan(request),
                        gaze.servers().get(0).facts());
    }
}
