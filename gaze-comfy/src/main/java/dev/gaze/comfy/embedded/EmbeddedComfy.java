package dev.gaze.comfy.embedded;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.time.Time;
import dev.gaze.comfy.embedded.definition.ModelShelves;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import dev.gaze.comfy.embedded.fault.Pauses;
import dev.gaze.comfy.embedded.files.FilePrefix;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.node.NodeFunctions;
import dev.gaze.comfy.embedded.node.Workshop;
import dev.gaze.comfy.embedded.picture.Lettering;
import dev.gaze.comfy.embedded.run.Engine;
import dev.gaze.comfy.embedded.run.QueuedPrompt;
import dev.gaze.comfy.embedded.wire.RouteTable;
import dev.gaze.comfy.embedded.wire.Server;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A ComfyUI server inside this JVM. It listens on the loopback address, speaks the protocol of ComfyUI 0.3.64 (the same
 * answers, the same frames in the same order, the same traps) and draws a sketch of the plan instead of running a model:
 * the background comes from the seed, the words of the prompt stand in it, the LoRA chain is a stack of bars, and the
 * size is the latent's. The PNG carries ComfyUI's text chunks.
 *
 * <p>It makes demos possible without a GPU, and tests honest: they talk HTTP and WebSocket to a server that behaves.
 * Where a test wants trouble, one call makes it, and {@link #recover} takes all trouble back. Delays and time stamps run
 * on the {@link Time} it was given. The methods that begin with {@code await} give up after ten seconds of real time
 * with an {@link IllegalStateException}.
 *
 * <p>Which nodes exist is data (a resource in the shape of {@code /object_info}); which models exist is up to
 * {@link #models}. Nothing is kept beyond the newest 10,000 prompts, so a server may run for days. Close it: its threads
 * end only then. Safe for use by several threads.
 */
public final class EmbeddedComfy extends Troublemaker implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final ModelShelves shelves;
    private final ServerFolders folders;
    private final Diary diary = new Diary();
    private final Server server;
    private final Engine.Setting engineSetting;
    private final @Nullable SystemTime ownTime;
    private final String basePath;
    private volatile Engine engine;

    EmbeddedComfy(EmbeddedComfyBuilder settings) {
        this(settings, settings.time == null ? new SystemTime() : settings.time);
    }

    private EmbeddedComfy(EmbeddedComfyBuilder settings, Time time) {
        super(new Pauses(time));
        ownTime = settings.time == null && time instanceof SystemTime own ? own : null;
        shelves = new ModelShelves(settings.separator);
        settings.models.forEach(shelves::put);
        settings.metadata.forEach((file, header) -> shelves.describe(file.folder(), file.name(), header));
        folders = new ServerFolders(settings.folder, time);
        folders.emptyTemp();
        basePath = settings.basePath;
        NodeSpecs specs = new NodeSpecs(shelves);
        RandomGenerator random = settings.random;
        Supplier<UUID> ids = () -> {
            synchronized (random) {
                return new UUID(
                        random.nextLong() & 0xffffffffffff0fffL | 0x4000, random.nextLong() >>> 2 | Long.MIN_VALUE);
            }
        };
        server = new Server(new Server.Setting(
                basePath, settings.authorization, settings.maxUploadBytes, faults, pauses, specs, ids, diary::seen));
        Workshop workshop = new Workshop(
                folders, shelves, new Once(), () -> time.now().atZone(FilePrefix.zone()), settings.separator);
        engineSetting = new Engine.Setting(
                time,
                random,
                specs,
                new NodeFunctions(),
                workshop,
                faults,
                pauses,
                server.audience(),
                settings.previews);
        engine = new Engine(engineSetting);
        RouteTable routes = new RouteTable(
                () -> engine, faults, folders, shelves, specs, ids, settings.maxUploadBytes, this::received);
        try {
            server.start(settings.port, routes);
        } catch (IOException taken) {
            engine.close();
            throw new GazeException(
                    GazeException.Kind.UNAVAILABLE,
                    null,
                    List.of(Problem.of("The embedded ComfyUI cannot listen on 127.0.0.1:" + settings.port)
                            .fix("choose another port, or 0 for any that is free")),
                    taken);
        }
    }

    /** Asks for fonts once, when the first sketch is drawn. */
    private static final class Once implements Supplier<Lettering> {
        private @Nullable Lettering known;

        @Override
        public synchronized Lettering get() {
            if (known == null) {
                known = Lettering.ofThisMachine();
            }
            return known;
        }
    }

    private void received(QueuedPrompt prompt) {
        diary.received(prompt);
        pauses.wake();
    }

    /**
     * Starts a server on any free port, on the machine's clock.
     *
     * @return a server that listens
     */
    public static EmbeddedComfy start() {
        return builder().start();
    }

    /**
     * Starts a server on any free port.
     *
     * @param time its clock and timer
     * @return a server that listens
     */
    public static EmbeddedComfy start(Time time) {
        return builder().time(time).start();
    }

    /**
     * For a server with settings.
     *
     * @return a builder
     */
    public static EmbeddedComfyBuilder builder() {
        return new EmbeddedComfyBuilder();
    }

    /**
     * Where it listens.
     *
     * @return such as {@code http://127.0.0.1:40001}, with the base path and without a slash at the end
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port() + basePath);
    }

    /**
     * Adds model files the server has from now on, as if somebody had copied them there.
     *
     * @param folder ComfyUI's folder, such as {@code loras} or {@code ultralytics_bbox}
     * @param names file names below it; either separator
     */
    public void models(String folder, Collection<String> names) {
        shelves.add(folder, names);
    }

    /**
     * Replaces the model files of one folder.
     *
     * @param folder ComfyUI's folder
     * @param names all it holds from now on
     */
    public void onlyModels(String folder, Collection<String> names) {
        shelves.put(folder, names);
    }

    /**
     * The graphs accepted so far, oldest first, at most the newest 10,000.
     *
     * @return graphs with values converted as ComfyUI stores them
     */
    public List<JsonObject> prompts() {
        return diary.prompts().stream()
                .map(prompt -> Json.object(prompt.graph(), JsonLimits.ANSWER))
                .toList();
    }

    /**
     * The ids of the prompts accepted so far, in the order of {@link #prompts}.
     *
     * @return prompt ids
     */
    public List<String> promptIds() {
        return diary.prompts().stream().map(QueuedPrompt::id).toList();
    }

    /**
     * How many prompts were accepted so far.
     *
     * @return zero or more
     */
    public long promptCount() {
        return diary.promptCount();
    }

    /**
     * The newest 1,000 requests, oldest first.
     *
     * @return requests, WebSocket upgrades included
     */
    public List<ReceivedRequest> requests() {
        return diary.requests();
    }

    /**
     * How many WebSockets are open, including those that hear nothing.
     *
     * @return zero or more
     */
    public int sockets() {
        return server.openSockets();
    }

    /**
     * Waits for a prompt to be accepted.
     *
     * @return the newest graph
     */
    public JsonObject awaitPrompt() {
        awaitPrompts(1);
        List<JsonObject> all = prompts();
        return all.get(all.size() - 1);
    }

    /**
     * Waits until that many prompts were accepted.
     *
     * @param count since the start
     */
    public void awaitPrompts(int count) {
        await(() -> diary.promptCount() >= count, count + " prompts accepted");
    }

    /** Waits until a prompt runs. */
    public void awaitRunning() {
        await(() -> engine.queue().running().isPresent(), "a running prompt");
    }

    /**
     * Waits until that many prompts have ended since the start or the last {@link #restart}.
     *
     * @param count prompts in all, good and bad
     */
    public void awaitFinished(int count) {
        await(() -> engine.finished() >= count, count + " prompts ended");
    }

    /**
     * Waits until exactly that many WebSockets are open.
     *
     * @param count zero or more
     */
    public void awaitSockets(int count) {
        await(() -> server.openSockets() == count, count + " open sockets");
    }

    private void await(BooleanSupplier condition, String what) {
        if (!pauses.within(LONGEST_WAIT, condition)) {
            throw new IllegalStateException("Waited %s for %s; accepted %d, ended %d, sockets %d"
                    .formatted(LONGEST_WAIT, what, diary.promptCount(), engine.finished(), server.openSockets()));
        }
    }

    /** Cuts every WebSocket without a close frame, as a network does. */
    public void dropSockets() {
        server.cutSockets();
    }

    /** Forgets everything, as a restart does: queue, history, numbers, results, temp files, sockets. Outputs stay. */
    public void restart() {
        server.cutSockets();
        engine.close();
        folders.emptyTemp();
        forget();
    }

    /**
     * Forgets every prompt, waiting, running and ended, and tells nobody. Sockets stay open, unlike with {@link #restart}:
     * as a server does that another one has taken the place of, behind the same address.
     */
    public void forget() {
        engine.close();
        engine = new Engine(engineSetting);
        pauses.wake();
    }

    /** Interrupts whatever runs, as a stranger does who presses the button in ComfyUI. */
    public void interruptRunning() {
        engine.interrupt(null);
    }

    /** Takes every waiting prompt out of the queue, as a stranger does who clears it. */
    public void deleteWaiting() {
        engine.queue().clear();
    }

    /** The worker takes no further prompt until {@link #restart}; what runs ends. Everything else goes on. */
    public void killWorker() {
        engine.killWorker();
    }

    /** Stops listening, ends all threads and deletes the images, unless they are in a folder that was given. */
    @Override
    public void close() {
        pauses.close();
        engine.close();
        server.close();
        folders.close();
        if (ownTime != null) {
            ownTime.close();
        }
    }
}
