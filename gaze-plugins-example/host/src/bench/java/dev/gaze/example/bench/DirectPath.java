package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.workflow.Workflow;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A job without a job: the same steps called one after the other in memory, from the request to the filed image. Nothing
 * is written down, nobody can look, and a crash loses all of it.
 */
final class DirectPath {
    private final Gaze gaze;
    private final Path folder;

    DirectPath(Gaze gaze, Path folder) {
        this.gaze = gaze;
        this.folder = folder;
    }

    Path generate(GenerationRequest request) throws Exception {
        RenderServer server = gaze.servers().get(0);
        RenderPlan plan = gaze.plan(request);
        Workflow workflow = gaze.wirer().wire(gaze.template("default"), plan, server.facts());
        if (!gaze.wirer().check(workflow, plan, server.facts()).isEmpty()) {
            throw new IllegalStateException("The workflow does not suit the server");
        }
        CompletableFuture<RenderEvent.Finished> end = new CompletableFuture<>();
        UUID prompt = UUID.randomUUID();
        server.start(prompt, workflow, JsonObject.empty(), event -> {
            if (event instanceof RenderEvent.Finished finished) {
                end.complete(finished);
            } else if (event instanceof RenderEvent.Ended other) {
                end.completeExceptionally(new IllegalStateException(other.toString()));
            }
        });
        Path file = folder.resolve(prompt + ".png");
        LibraryRows.writeForceMove(file, end.get().outputs().get(0).source().read());
        return file;
    }
}
