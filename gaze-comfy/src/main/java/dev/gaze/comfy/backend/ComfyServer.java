package dev.gaze.comfy.backend;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.client.ComfyClient;
import dev.gaze.comfy.workflow.ObjectInfo;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server on the network. */
final class ComfyServer implements RenderServer {
    private final BackendId id;
    private final ComfyClient client;
    private final Time time;
    private final AtomicBoolean outdated = new AtomicBoolean();
    private @Nullable ServerFacts facts;

    ComfyServer(BackendId id, ComfyClient client, Time time) {
        this.id = id;
        this.client = client;
        this.time = time;
    }

    @Override
    public BackendId id() {
        return id;
    }

    /** One thread asks; those that come meanwhile wait for its answer rather than asking for half a megabyte too. */
    @Override
    public synchronized ServerFacts facts() {
        ServerFacts known = outdated.getAndSet(false) ? null : facts;
        if (known == null) {
            facts = null;
            known = ObjectInfo.facts(client.objectInfo());
            facts = known;
        }
        return known;
    }

    /** Takes no lock: an answer on its way is already outdated, and nobody who forgets waits for it. */
    @Override
    public void forgetFacts() {
        outdated.set(true);
    }

    @Override
    public RenderRun start(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener) {
        Workflow placed = SaveFolders.own(workflow, time.now(), prompt);
        return client.run(prompt, placed.json(), pngInfo, watched(listener));
    }

    @Override
    public RenderRun attach(UUID prompt, Workflow workflow, Consumer<RenderEvent> listener) {
        return client.attach(prompt, workflow.json(), watched(listener));
    }

    /** A server that lost a prompt has restarted, maybe with other nodes and models. */
    private Consumer<RenderEvent> watched(Consumer<RenderEvent> listener) {
        return event -> {
            if (event instanceof RenderEvent.Lost) {
                forgetFacts();
            }
            listener.accept(event);
        };
    }

    @Override
    public void cancel(UUID prompt) {
        client.cancel(prompt);
    }

    @Override
    public void probe() {
        try {
            client.remaining();
        } catch (GazeException away) {
            forgetFacts();
            throw away;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
