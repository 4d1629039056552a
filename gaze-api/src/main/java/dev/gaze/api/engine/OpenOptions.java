package dev.gaze.api.engine;

import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to open a library, as {@link dev.gaze.api.GazeBuilder} gathered it. What is null or empty is decided by
 * {@code gaze.json}, then by the environment, then by a default.
 *
 * @param library the folder of the library
 * @param plugins plugins handed over besides the discovered ones
 * @param without ids or class names of plugins to leave out
 * @param discover whether plugins are looked for with ServiceLoader
 * @param servers the servers to use; empty means those of {@code gaze.json}
 * @param modelRoots ComfyUI's model folders on this machine by name ({@code loras}); added to those of {@code gaze.json}
 * @param database the server that several processes share; null for what {@code gaze.json} says, else a file of the
 *     library's own
 * @param llm the language model; null for what {@code gaze.json} or the environment says, else Ollama on this machine
 * @param readOnly whether to open beside a writer, without jobs and changes
 * @param time the clock and timer; null for the machine's
 * @param random where random choices come from; null for a securely seeded one
 * @param callbacks runs listeners; null for a thread of GAZE
 * @param environment gives environment variables by name; null values for unset ones
 * @param progress told how far the first sync is
 */
public record OpenOptions(
        Path library,
        List<GazePlugin> plugins,
        Set<String> without,
        boolean discover,
        List<ServerSettings> servers,
        Map<String, List<Path>> modelRoots,
        @Nullable DatabaseSettings database,
        @Nullable ChatSettings llm,
        boolean readOnly,
        @Nullable Time time,
        @Nullable RandomGenerator random,
        @Nullable Executor callbacks,
        Function<String, @Nullable String> environment,
        Consumer<SyncProgress> progress) {

    /** Copies the collections. */
    public OpenOptions {
        Objects.requireNonNull(library, "library");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(progress, "progress");
        plugins = List.copyOf(plugins);
        without = Set.copyOf(without);
        servers = List.copyOf(servers);
        modelRoots = Map.copyOf(modelRoots);
    }
}
