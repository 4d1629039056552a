package dev.gaze.api;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.engine.GazeEngine;
import dev.gaze.api.engine.OpenOptions;
import dev.gaze.api.image.ImageFiles;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.Models;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An open library: a folder of asset files, and the means to turn them into images.
 *
 * <pre>{@code
 * try (Gaze gaze = Gaze.open(Path.of("library"))) {
 *     Job job = gaze.generate(request -> request
 *             .character("mira_vale").with("outfit", "raincoat").with("scene", "harbour_dawn")
 *             .size(832, 1216).seed(42));
 *     Path png = job.await(Duration.ofMinutes(5)).image().file();
 * }
 * }</pre>
 *
 * <p>It and everything it hands out may be used from any thread. No thread starts before it is opened, and {@link #close}
 * ends all of them. What the caller can mend is thrown as a {@link dev.gaze.api.problem.GazeException}.
 */
public interface Gaze extends AutoCloseable {

    /**
     * Opens a library with the settings of its {@code gaze.json}. Folders that are missing are made; all asset files are
     * synced before it returns, and broken ones are told by {@link #sync()} and the log, not thrown.
     *
     * @param library its folder
     * @return the open library
     * @throws dev.gaze.api.problem.GazeException when somebody else has it open for writing, plugins contradict one
     *     another, or the settings are wrong
     */
    static Gaze open(Path library) {
        return builder().library(library).open();
    }

    /**
     * Opens a library in another way than its settings say.
     *
     * @return a builder without a library yet
     */
    static Builder builder() {
        return new Builder();
    }

    // Assets ---------------------------------------------------------------------------------------------------------

    /**
     * The categories, in their order.
     *
     * @return built-in ones and those of plugins
     */
    List<Category> categories();

    /**
     * The assets of one category.
     *
     * @param category its name, such as {@code outfit}
     * @return the repository
     * @throws dev.gaze.api.problem.GazeException when there is no such category, with the nearest names
     */
    AssetRepository assets(String category);

    /**
     * Reads what changed on disk in every category (G3).
     *
     * @return what was found
     */
    SyncReport sync();

    /**
     * Reads what changed on disk in every category, telling how far it is.
     *
     * @param progress called on the threads of the sync
     * @return what was found
     */
    SyncReport sync(Consumer<SyncProgress> progress);

    /**
     * The model files on this machine.
     *
     * @return those below the configured model roots
     */
    Models models();

    /**
     * The images of this library.
     *
     * @return those in its uploads folder
     */
    ImageFiles images();

    /**
     * The checkpoint used when a request names none (G48).
     *
     * @return its settings; empty when none is set, then the template's checkpoint is used
     */
    Optional<CheckpointSettings> defaultCheckpoint();

    /**
     * Sets the checkpoint used when a request names none, in {@code gaze.json} (G107).
     *
     * @param path name below the {@code checkpoints} folder; null for none
     */
    void setDefaultCheckpoint(@Nullable String path);

    // Steps on the way to an image -----------------------------------------------------------------------------------

    /**
     * Starts a prompt.
     *
     * @return a builder with nothing chosen
     */
    PromptBuilder prompts();

    /**
     * Composes the words and picks the LoRAs. No server is needed.
     *
     * @param request what is wanted
     * @return words, LoRAs and warnings
     */
    Preview preview(GenerationRequest request);

    /**
     * Resolves everything that decides how the picture looks. No server is needed. Seeds that are not given are drawn.
     *
     * @param request what is wanted
     * @return the plan
     */
    RenderPlan plan(GenerationRequest request);

    /**
     * Puts plans into templates, with the installed patches and the deny list.
     *
     * @return the wirer
     */
    WorkflowWirer wirer();

    /**
     * A workflow template of this library.
     *
     * @param name the name of a file in {@code data/workflows} without extension; {@code default} is always there
     * @return the template
     * @throws dev.gaze.api.problem.GazeException when there is no such template, or its roles cannot be told
     */
    WorkflowTemplate template(String name);

    /**
     * The names of the workflow templates.
     *
     * @return sorted, {@code default} included
     */
    List<String> templates();

    /**
     * Wires a request without sending it, for no server in particular.
     *
     * @param request what is wanted
     * @return the graph
     */
    Workflow wire(GenerationRequest request);

    // Images ---------------------------------------------------------------------------------------------------------

    /**
     * Makes a picture.
     *
     * @param request what is wanted
     * @return its job, queued
     * @throws dev.gaze.api.problem.GazeException as {@link Jobs#submit}
     */
    default Job generate(GenerationRequest request) {
        return jobs().submit(request);
    }

    /**
     * Makes a picture from a free mix of assets.
     *
     * @param request gets an empty request and adds what is wanted
     * @return its job, queued
     * @throws dev.gaze.api.problem.GazeException as {@link Jobs#submit}
     */
    default Job generate(UnaryOperator<GenerationRequest> request) {
        return generate(request.apply(GenerationRequest.mix()));
    }

    /**
     * The jobs of this library.
     *
     * @return all of them
     * @throws dev.gaze.api.problem.GazeException when it is open read-only
     */
    Jobs jobs();

    /**
     * The servers that make the images.
     *
     * @return at least one, unless the library is open read-only
     */
    List<RenderServer> servers();

    /** Ends every thread and connection. Jobs under way end as cancelled here. May be called more than once. */
    @Override
    void close();

    /** Gathers how a library is to be opened. Not safe for use by several threads. */
    final class Builder {
        private @Nullable Path library;
        private final List<GazePlugin> plugins = new ArrayList<>();
        private final Set<String> without = new HashSet<>();
        private boolean discover = true;
        private final List<ServerSettings> servers = new ArrayList<>();
        private final Map<String, List<Path>> modelRoots = new HashMap<>();
        private boolean readOnly;
        private @Nullable Time time;
        private @Nullable RandomGenerator random;
        private @Nullable Executor callbacks;
        private Function<String, @Nullable String> environment = System::getenv;
        private Consumer<SyncProgress> progress = ignored -> {};

        private Builder() {}

        /**
         * The folder of the library. Must be given.
         *
         * @param library the folder; made when missing
         * @return this builder
         */
        public Builder library(Path library) {
            this.library = Objects.requireNonNull(library, "library");
            return this;
        }

        /**
         * With a plugin besides those found by ServiceLoader.
         *
         * @param plugin the plugin
         * @return this builder
         */
        public Builder plugin(GazePlugin plugin) {
            plugins.add(Objects.requireNonNull(plugin, "plugin"));
            return this;
        }

        /**
         * Without a plugin that would be found.
         *
         * @param plugin its id or class name
         * @return this builder
         */
        public Builder without(String plugin) {
            without.add(plugin);
            return this;
        }

        /**
         * With only the plugins handed over; nothing is looked for.
         *
         * @return this builder
         */
        public Builder onlyGivenPlugins() {
            discover = false;
            return this;
        }

        /**
         * With a ComfyUI server, in place of those of {@code gaze.json}. May be called again for more.
         *
         * @param address such as {@code http://127.0.0.1:8188}
         * @return this builder
         */
        public Builder server(URI address) {
            return server(ServerSettings.of(address));
        }

        /**
         * With a server, in place of those of {@code gaze.json}. May be called again for more.
         *
         * @param server how to reach it
         * @return this builder
         */
        public Builder server(ServerSettings server) {
            servers.add(Objects.requireNonNull(server, "server"));
            return this;
        }

        /**
         * With the sketch server inside this process: it draws a picture of the plan, so that everything can be tried
         * without a GPU.
         *
         * @return this builder
         */
        public Builder embedded() {
            return server(ServerSettings.EMBEDDED);
        }

        /**
         * With a model folder on this machine, for scans and hard deletes.
         *
         * @param folder ComfyUI's name of it: {@code loras}, {@code checkpoints}
         * @param root where it lies
         * @return this builder
         */
        public Builder modelRoot(String folder, Path root) {
            modelRoots.computeIfAbsent(folder, ignored -> new ArrayList<>()).add(root);
            return this;
        }

        /**
         * Opens beside a writer: shows assets, previews and images, changes nothing and has no jobs.
         *
         * @return this builder
         */
        public Builder readOnly() {
            readOnly = true;
            return this;
        }

        /**
         * With another clock and timer.
         *
         * @param time the clock and timer; the caller closes it
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * With another source of random choices: seeds, random characters.
         *
         * @param random used by one thread at a time
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * With another executor for listeners that name none.
         *
         * @param callbacks the executor; the caller closes it
         * @return this builder
         */
        public Builder callbacks(Executor callbacks) {
            this.callbacks = callbacks;
            return this;
        }

        /**
         * With other environment variables, for tests. {@code GAZE_COMFY_URL} and those that {@code gaze.json} names as
         * {@code env:NAME} are read.
         *
         * @param environment gives a value by name; null when unset
         * @return this builder
         */
        public Builder environment(Function<String, @Nullable String> environment) {
            this.environment = environment;
            return this;
        }

        /**
         * Told how far the first sync is.
         *
         * @param progress called on the threads of the sync
         * @return this builder
         */
        public Builder progress(Consumer<SyncProgress> progress) {
            this.progress = progress;
            return this;
        }

        /**
         * Opens the library.
         *
         * @return the open library
         * @throws dev.gaze.api.problem.GazeException as {@link Gaze#open}
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
}
