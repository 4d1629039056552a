package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runs under way on one server: sends them, hands each the frames that are its own, and lets go of those that ended. */
final class Runs implements FrameSocket.Listener, RunHost, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Runs.class.getName());

    private final ComfyClient client;
    private final Http http;
    private final Time time;
    private final Executor callbacks;
    private final ServerSettings.Limits limits;
    private final FrameSocket socket;
    private final Judge judge;
    private final Map<String, ComfyRun> underWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Runs(
            ComfyClient client,
            Http http,
            Deadlines deadlines,
            Time time,
            Executor callbacks,
            ServerSettings.Limits limits) {
        this.client = client;
        this.http = http;
        this.time = time;
        this.callbacks = callbacks;
        this.limits = limits;
        socket = new FrameSocket(http, deadlines, time, limits.connect(), this);
        judge = new Judge(client, underWay::values, socket, http, deadlines, time, limits);
    }

    ComfyRun start(UUID prompt, JsonObject graph, JsonObject pngInfo, @Nullable Consumer<RenderEvent> listener) {
        ComfyRun run = enter(prompt, graph, listener);
        try {
            // connect before queueing: ComfyUI does not replay what we missed
            FrameSocket.Connection connection = socket.connect();
            join(run, connection);
            Accepted accepted = send(run, graph, pngInfo);
            if (!accepted.left().isEmpty()) {
                takeBack(run.key());
                throw http.failure(new ComfyError.Validation(accepted.left(), true), null);
            }
            follow(run);
            return run;
        } catch (RuntimeException refused) {
            leave(run);
            throw refused;
        }
    }

    ComfyRun attach(UUID prompt, JsonObject graph, Consumer<RenderEvent> listener) {
        ComfyRun run = run(prompt, graph, listener);
        ComfyRun before = underWay.put(run.key(), run);
        if (before != null) { // whoever asks last follows it: the one before may have lost interest without a word
            before.lost(Problem.of("Somebody else follows the prompt now").at(http.server()));
        }
        try {
            Whereabouts where = Whereabouts.of(run.key(), client);
            if (where instanceof Whereabouts.Alive alive) {
                FrameSocket.Connection connection = socket.connect(alive.client());
                where = Whereabouts.of(run.key(), client); // what happened before the socket stood is told to nobody
                join(run, where, connection);
            } else if (where instanceof Whereabouts.Nowhere) {
                where = Whereabouts.of(run.key(), client); // queue and history are asked one after the other
            }
            follow(run);
            if (where instanceof Whereabouts.Nowhere) {
                run.lost(Explanation.FORGOTTEN.at(http.server()));
            } else {
                run.found(where, time.now(), limits);
            }
            return run;
        } catch (RuntimeException unanswered) {
            leave(run);
            throw unanswered;
        }
    }

    /** A prompt found waiting has missed no frame when its socket stands and stood before it was looked for. */
    private void join(ComfyRun run, Whereabouts where, FrameSocket.@Nullable Connection connection) {
        if (where instanceof Whereabouts.Alive alive && alive.client() != null) {
            boolean reachable = connection != null && connection.name().equals(alive.client());
            run.joins(alive.client(), reachable && where instanceof Whereabouts.Waiting);
            if (socket.current() != connection) {
                run.shaken();
            }
        }
    }

    /** Enters a run among those under way, so that its frames find it; nothing is told before {@link #follow}. */
    private ComfyRun enter(UUID prompt, JsonObject graph, @Nullable Consumer<RenderEvent> listener) {
        ComfyRun run = run(prompt, graph, listener);
        if (underWay.putIfAbsent(run.key(), run) != null) {
            throw new IllegalArgumentException("Prompt id %s is in use by a run under way".formatted(prompt));
        }
        return run;
    }

    private ComfyRun run(UUID prompt, JsonObject graph, @Nullable Consumer<RenderEvent> listener) {
        return new ComfyRun(prompt, graph, this, new Events(listener, callbacks), time.now());
    }

    private void follow(ComfyRun run) {
        run.accepted(time.now());
        judge.watch();
        if (closed) {
            endAll();
        }
    }

    private void leave(ComfyRun run) {
        run.withdraw();
        underWay.remove(run.key(), run);
    }

    /** As {@link ComfyRun#cancel} for a run under way here; else asks, as nobody will look after it. */
    void cancel(UUID prompt) {
        String key = prompt.toString();
        ComfyRun run = underWay.get(key);
        if (run != null) {
            run.cancel();
            return;
        }
        client.deleteQueued(List.of(key));
        client.interrupt(key);
        if (client.queue().isRunning(key)) {
            client.interrupt(key); // the first one is lost when the prompt was just starting
        }
    }

    /** Without a socket a name is sent all the same: prompts without one send their frames to everybody. */
    private void join(ComfyRun run, FrameSocket.@Nullable Connection connection) {
        if (connection == null) {
            run.joins(UUID.randomUUID().toString(), false);
            return;
        }
        run.joins(connection.name(), true);
        if (socket.current() != connection) {
            run.shaken(); // it broke before the run could be told
        }
    }

    private Accepted send(ComfyRun run, JsonObject graph, JsonObject pngInfo) {
        Patience patience = http.patience();
        Http.Reply reply;
        try {
            reply = http.ask(http.url("prompt"), body(run, graph, pngInfo), patience);
        } catch (GazeException broken) {
            if (patience.sent() && broken.retryable() && known(run)) {
                return new Accepted(run.prompt(), 0, List.of());
            }
            throw broken;
        }
        if (reply.status() == 400 && reply.contentType().contains("json")) {
            throw http.failure(Refusals.read(http.object(reply), graph), null);
        }
        if (reply.status() >= 500 && known(run)) { // a gateway lost patience, not ComfyUI
            return new Accepted(run.prompt(), 0, List.of());
        }
        JsonObject answer = http.object(http.require(reply));
        String id = answer.text("prompt_id").orElse("");
        if (id.isEmpty()) {
            throw http.otherShape(reply.what()); // not taken back: an interrupt without an id stops whoever runs
        }
        if (!id.equals(run.key())) {
            takeBack(id);
            throw http.failure(
                    new ComfyError.Unknown(
                            "other_prompt_id",
                            "the server runs the prompt under an id of its own; versions before 0.3.64 may do so",
                            id),
                    null);
        }
        return new Accepted(
                run.prompt(), answer.number("number").map(n -> n.asDouble()).orElse(0.0), Refusals.nodes(answer));
    }

    private static OneShot body(ComfyRun run, JsonObject graph, JsonObject pngInfo) {
        JsonObject body = JsonObject.of("prompt", graph, "prompt_id", run.key(), "client_id", run.client());
        return new OneShot(Json.compact(
                pngInfo.members().isEmpty() ? body : body.with("extra_data", JsonObject.of("extra_pnginfo", pngInfo))));
    }

    /** Whether the server took a prompt although its answer was lost. */
    private boolean known(ComfyRun run) {
        try {
            return !(Whereabouts.of(run.key(), client) instanceof Whereabouts.Nowhere);
        } catch (GazeException unanswered) {
            LOG.log(
                    Level.DEBUG,
                    () -> "Whether prompt " + run.key() + " was taken cannot be asked: " + unanswered.getMessage());
            return false;
        }
    }

    private void takeBack(String prompt) {
        try {
            client.deleteQueued(List.of(prompt));
            client.interrupt(prompt);
        } catch (GazeException unanswered) {
            LOG.log(
                    closed ? Level.DEBUG : Level.WARNING,
                    () -> "Prompt " + prompt + " could not be taken back and may still run: "
                            + unanswered.getMessage());
        }
    }

    // ---- what the socket tells

    @Override
    public void heard(Frame frame, Instant now) {
        if (frame instanceof Frame.OfPrompt told) {
            ComfyRun run = underWay.get(told.prompt());
            if (run != null) { // others' prompts are none of our business
                run.heard(told, now);
            }
        } else if (frame instanceof Frame.Preview preview) {
            ComfyRun run = preview.prompt() == null ? onlyOneRunning() : underWay.get(preview.prompt());
            if (run != null) {
                run.preview(preview, now);
            }
        } else if (frame instanceof Frame.Status) {
            judge.stir();
        } else if (frame instanceof Frame.Unreadable unreadable) {
            LOG.log(
                    Level.WARNING,
                    "A message of " + http.server() + " cannot be read and is passed over: " + unreadable.why());
        }
    }

    /** Old previews do not say whose they are; but the server runs one prompt at a time. */
    private @Nullable ComfyRun onlyOneRunning() {
        List<ComfyRun> running =
                underWay.values().stream().filter(ComfyRun::running).toList();
        return running.size() == 1 ? running.get(0) : null;
    }

    @Override
    public void broken() {
        underWay.values().forEach(ComfyRun::shaken);
        if (!underWay.isEmpty() && !closed) {
            socket.reconnect();
        }
    }

    @Override
    public boolean awaited(String name) {
        return underWay.values().stream().anyMatch(run -> name.equals(run.client()));
    }

    // ---- what a run asks for

    @Override
    public void judge(ComfyRun run) {
        judge.look();
    }

    /**
     * Deletes it if it waits, interrupts it if it runs; either request does nothing in the other case. A prompt that
     * moved from the one to the other between them is found by the judge, who asks again until it has ended.
     */
    @Override
    public void stop(ComfyRun run) {
        http.background(() -> {
            takeBack(run.key());
            judge.look();
        });
    }

    @Override
    public void ended(ComfyRun run) {
        underWay.remove(run.key(), run);
    }

    @Override
    public byte[] read(OutputFile file) {
        return client.view(file);
    }

    @Override
    public String server() {
        return http.server();
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
        endAll();
    }

    private void endAll() {
        Problem problem = Problem.of("The connection to the server was closed here; the server goes on with the prompt")
                .at(http.server());
        underWay.values().forEach(run -> run.lost(problem));
    }
}
