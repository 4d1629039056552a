package dev.gaze.api;

import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.engine.GazeEngine;
import dev.gaze.api.engine.OpenOptions;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.time.Time;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gathers how a library is to be opened. Not safe for use by several threads. */
public final class GazeBuilder {
    private @Nullable Path library;
    private final List<GazePlugin> plugins = new ArrayList<>();
    private final Set<String> without = new HashSet<>();
    private boolean discover = true;
    private final List<ServerSettings> servers = new ArrayList<>();
    private final Map<String, List<Path>> modelRoots = new HashMap<>();
    private @Nullable DatabaseSettings database;
    private @Nullable ChatSettings llm;
    private boolean readOnly;
    private @Nullable Time time;
    private @Nullable RandomGenerator random;
    private @Nullable Executor callbacks;
    private Function<String, @Nullable String> environment = System::getenv;
    private Consumer<SyncProgress> progress = ignored -> {};

    GazeBuilder() {}

    /**
     * The folder of the library. Must be given.
     *
     * @param library the folder; made when missing
     * @return this builder
     */
    public GazeBuilder library(Path library) {
        this.library = Objects.requireNonNull(library, "library");
        return this;
    }

    /**
     * With a plugin besides those found by ServiceLoader.
     *
     * @param plugin the plugin
     * @return this builder
     */
    public GazeBuilder plugin(GazePlugin plugin) {
        plugins.add(Objects.requireNonNull(plugin, "plugin"));
        return this;
    }

    /**
     * Without a plugin that would be found. One that is not there at all is refused when the library is opened.
     *
     * @param plugin its id or class name
     * @return this builder
     */
    public GazeBuilder without(String plugin) {
        without.add(plugin);
        return this;
    }

    /**
     * With only the plugins handed over; nothing is looked for.
     *
     * @return this builder
     */
    public GazeBuilder onlyGivenPlugins() {
        discover = false;
        return this;
    }

    /**
     * With a ComfyUI server, in place of those of {@code gaze.json}. May be called again for more.
     *
     * @param address such as {@code http://127.0.0.1:8188}
     * @return this builder
     */
    public GazeBuilder server(URI address) {
        return server(ServerSettings.of(address));
    }

    /**
     * With a server, in place of those of {@code gaze.json}. May be called again for more.
     *
     * @param server how to reach it
     * @return this builder
     */
    public GazeBuilder server(ServerSettings server) {
        servers.add(Objects.requireNonNull(server, "server"));
        return this;
    }

    /**
     * With the sketch server inside this process: it draws a picture of the plan, so that everything can be tried
     * without a GPU.
     *
     * @return this builder
     */
    public GazeBuilder embedded() {
        return server(ServerSettings.EMBEDDED);
    }

    /**
     * With a model folder on this machine, for scans and hard deletes.
     *
     * @param folder ComfyUI's name of it: {@code loras}, {@code checkpoints}
     * @param root where it lies
     * @return this builder
     */
    public GazeBuilder modelRoot(String folder, Path root) {
        modelRoots.computeIfAbsent(folder, ignored -> new ArrayList<>()).add(root);
        return this;
    }

    /**
     * With jobs in a PostgreSQL database, so that several processes, on one machine or many, share the library and its
     * work. All of them open the same folder with the same database, which belongs to this library alone (or a schema of
     * it does: {@code ?currentSchema=…}). Needs {@code org.postgresql:postgresql} and
     * {@code org.flywaydb:flyway-database-postgresql} beside GAZE. In place of what {@code gaze.json} says.
     *
     * @param url {@code jdbc:postgresql://host/name}, with the driver's parameters behind a {@code ?}
     * @return this builder
     * @throws IllegalArgumentException if the address is of another kind
     */
    public GazeBuilder database(String url) {
        database = DatabaseSettings.of(url);
        return this;
    }

    /**
     * With jobs in a PostgreSQL database, as {@link #database(String)}.
     *
     * @param url as above
     * @param user who logs in
     * @param password the password; never printed
     * @return this builder
     * @throws IllegalArgumentException if the address is of another kind
     */
    public GazeBuilder database(String url, String user, String password) {
        database = new DatabaseSettings(url, user, password, DatabaseSettings.CONNECTIONS);
        return this;
    }

    /**
     * With a language model, in place of the one of {@code gaze.json}.
     *
     * @param llm how to reach it
     * @return this builder
     */
    public GazeBuilder llm(ChatSettings llm) {
        this.llm = Objects.requireNonNull(llm, "llm");
        return this;
    }

    /**
     * Opens beside a writer: shows assets, previews and images, changes nothing and has no jobs.
     *
     * @return this builder
     */
    public GazeBuilder readOnly() {
        readOnly = true;
        return this;
    }

    /**
     * With another clock and timer.
     *
     * @param time the clock and timer; the caller closes it
     * @return this builder
     */
    public GazeBuilder time(Time time) {
        this.time = time;
        return this;
    }

    /**
     * With another source of random choices: seeds, random characters.
     *
     * @param random used by one thread at a time
     * @return this builder
     */
    public GazeBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /**
     * With another executor for listeners that name none.
     *
     * @param callbacks the executor; the caller closes it
     * @return this builder
     */
    public GazeBuilder callbacks(Executor callbacks) {
        this.callbacks = callbacks;
        return this;
    }

    /**
     * With other environment variables, for tests. {@code GAZE_COMFY_URL}, {@code GAZE_LLM_URL} (with
     * {@code GAZE_LLM_MODEL} and {@code GAZE_LLM_KEY}), {@code GAZE_TAGS} and those that {@code gaze.json} names as
     * {@code env:NAME} are read.
     *
     * @param environment gives a value by name; null when unset
     * @return this builder
     */
    public GazeBuilder environment(Function<String, @Nullable String> environment) {
        this.environment = environment;
        return this;
    }

    /**
     * Told how far the first sync is.
     *
     * @param progress called on the threads of the sync
     * @return this builder
     */
    public GazeBuilder progress(Consumer<SyncProgress> progress) {
        this.progress = progress;
        return this;
    }

    /**
     * Opens the library.
     *
     * @return the open library
     * @throws dev.gaze.api.problem.GazeException as {@link Gaze#open}
     * @throws IllegalStateException when no {@linkplain #library(Path) library} was named, or gaze-core is not there to open it
     */
    public Gaze open() {
        if (library == null) {
            throw new IllegalStateException("No library named; call library(Path) before open()");
        }
        OpenOptions options = new OpenOptions(
                library,
                plugins,
                without,
                discover,
                servers,
                copies(modelRoots),
                database,
                llm,
                readOnly,
                time,
                random,
                callbacks,
                environment,
                progress);
        return ServiceLoader.load(GazeEngine.class, Gaze.class.getClassLoader())
                .findFirst()
                .or(() -> ServiceLoader.load(GazeEngine.class).findFirst())
                .orElseThrow(() -> new IllegalStateException(
                        "No engine found; put dev.gaze:gaze-core beside gaze-api (gaze-comfy brings it along)"))
                .open(options);
    }

    private static Map<String, List<Path>> copies(Map<String, List<Path>> roots) {
        Map<String, List<Path>> copy = new HashMap<>();
        roots.forEach((folder, paths) -> copy.put(folder, List.copyOf(paths)));
        return copy;
    }
}
