package dev.gaze.comfy.backend;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.client.ComfyClient;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sketch server and the connection to it, started together.
 *
 * <p>A check happens before a graph is sent, and no sketch server can know then which files a library will name. Its
 * facts therefore tell all about its nodes and leave the lists of model files open; what a graph names is put on its
 * shelves just before the graph is sent.
 */
final class EmbeddedServer implements RenderServer {
    private final ServerSettings settings;
    private final Time time;
    private final Executor callbacks;
    private @Nullable Started started;
    private boolean closed;

    private record Started(EmbeddedComfy comfy, SketchModels models, ComfyServer connection) {}

    EmbeddedServer(ServerSettings settings, Time time, Executor callbacks) {
        this.settings = settings;
        this.time = time;
        this.callbacks = callbacks;
    }

    private synchronized Started started() {
        if (closed) {
            throw new GazeException(
                    GazeException.Kind.CANCELLED,
                    Problem.of("The sketch server was closed").at(settings.name()));
        }
        Started running = started;
        if (running == null) {
            EmbeddedComfy comfy = EmbeddedComfy.start(time);
            ServerSettings here =
                    new ServerSettings(settings.name(), comfy.address(), Map.of(), null, null, settings.limits());
            running = new Started(
                    comfy, new SketchModels(), new ComfyServer(id(), new ComfyClient(here, time, callbacks), time));
            started = running;
        }
        return running;
    }

    @Override
    public BackendId id() {
        return new BackendId(settings.name());
    }

    @Override
    public ServerFacts facts() {
        Started running = started();
        return running.models().opened(running.connection().facts());
    }

    @Override
    public void forgetFacts() {
        // its nodes never change, and of its files nothing is told
    }

    @Override
    public RenderRun start(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener) {
        Started running = started();
        Workflow stocked = running.models()
                .find(workflow, (folder, file) -> running.comfy().models(folder, List.of(file)));
        return running.connection().start(prompt, stocked, pngInfo, listener);
    }

    @Override
    public RenderRun attach(UUID prompt, Workflow workflow, Consumer<RenderEvent> listener) {
        return started().connection().attach(prompt, workflow, listener);
    }

    @Override
    public void cancel(UUID prompt) {
        started().connection().cancel(prompt);
    }

    @Override
    public void probe() {
        started().connection().probe();
    }

    @Override
    public synchronized void close() {
        closed = true;
        Started running = started;
        started = null;
        if (running != null) {
            running.connection().close();
            running.comfy().close();
        }
    }
}
