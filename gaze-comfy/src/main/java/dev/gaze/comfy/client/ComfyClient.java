package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.SteadyTime;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;

/**
 * A ComfyUI server, 0.3.64 to 0.33. Safe for use by several threads.
 *
 * <p>Calls block on the caller's thread until they are answered or a limit of the settings has passed. All of them throw
 * a {@code GazeException}: {@code UNAVAILABLE} when the server is away, {@code FAILED} when it answers something that is
 * none of ComfyUI's answers, {@code CANCELLED} when this client is closed; in most cases it is a {@link ComfyException}
 * that carries the error as a value. No message holds a password, token or header value.
 *
 * <p>Nothing is opened before the first call. {@link #run} opens one WebSocket, shared by all runs.
 */
public final class ComfyClient implements AutoCloseable {
    private final ServerSettings.Limits limits;
    private final Deadlines deadlines;
    private final Http http;
    private final Runs runs;
    private final Uploads uploads;

    /**
     * A client for one server.
     *
     * @param settings where and how; a base path such as {@code http://host/comfy/} is respected
     * @param time the clock and timer for every limit
     * @param callbacks runs the listeners of {@link #run}
     * @throws IllegalArgumentException when the address is no web address or a header cannot be sent
     */
    public ComfyClient(ServerSettings settings, Time time, Executor callbacks) {
        limits = settings.limits();
        Time steady = new SteadyTime(time);
        deadlines = new Deadlines(steady);
        http = new Http(settings, deadlines);
        runs = new Runs(this, http, deadlines, steady, callbacks, limits);
        uploads = new Uploads(http);
    }

    /**
     * Sends a graph and follows it to its end; returns as soon as the server has taken it. Nothing in the graph is
     * changed: see {@link FilePrefix} for a folder of its own.
     *
     * @param prompt the id of the run, ours and new; the caller has written it down
     * @param graph node id → node, as ComfyUI's "Export (API)" writes it
     * @param pngInfo what the server writes into the images as text chunks besides the graph; key → JSON
     * @param listener told everything that happens, in order, one call at a time, on the callbacks executor; the last
     *     event is a {@link RenderEvent.Ended}, and there is exactly one. A slow listener misses previews only
     * @return the run
     * @throws ComfyException when the server refuses the graph, or a part of it, which is then taken back; the listener
     *     is told nothing. After {@code UNAVAILABLE} the prompt may have been taken if the connection broke at the wrong
     *     moment and the server could not be asked; its id tells later
     */
    public ComfyRun run(UUID prompt, JsonObject graph, JsonObject pngInfo, Consumer<RenderEvent> listener) {
        return runs.start(prompt, graph, pngInfo, listener);
    }

    /**
     * As {@link #run(UUID, JsonObject, JsonObject, Consumer)}, with a new id and nobody listening: wait for its end with
     * {@link ComfyRun#await}.
     *
     * @param workflow what to run
     * @return the run
     */
    public ComfyRun run(Workflow workflow) {
        return runs.start(UUID.randomUUID(), workflow.json(), JsonObject.empty(), null);
    }

    /**
     * Follows a prompt that was posted earlier, by whomever. Queue and history are asked before this returns; what they
     * say is told as events. Frames come when it was posted under the name this client's socket has; otherwise the server
     * is asked until it has ended.
     *
     * @param prompt its id
     * @param graph what was posted; the order of its nodes is that of the outputs
     * @param listener told as with {@link #run}; {@code Lost} when the server knows nothing of the prompt. Whoever
     *     followed it with this client until now is told {@code Lost} and nothing more
     * @return the run
     * @throws ComfyException when the server cannot be asked; the listener is told nothing
     */
    public ComfyRun attach(UUID prompt, JsonObject graph, Consumer<RenderEvent> listener) {
        return runs.attach(prompt, graph, listener);
    }

    /**
     * Stops exactly this prompt, whether it waits or runs, and whoever follows it; does nothing when the server does not
     * know it or is done with it.
     *
     * @param prompt its id
     * @throws ComfyException when the server cannot be asked; the prompt may go on
     */
    public void cancel(UUID prompt) {
        runs.cancel(prompt);
    }

    // ---- queue

    /**
     * What runs and what waits ({@code GET /queue}). Holds every graph, so it can be large.
     *
     * @return the queue, prompts of others included
     */
    public QueueState queue() {
        return QueueState.of(http.object(http.url("queue")));
    }

    /**
     * How many prompts run or wait ({@code GET /prompt}). The smallest question a server answers, so the one to ask
     * whether it is there.
     *
     * @return zero or more
     */
    public int remaining() {
        return (int) http.object(http.url("prompt"))
                .number("exec_info", "queue_remaining")
                .orElseThrow(() -> http.otherShape("GET " + http.url("prompt").encodedPath()))
                .asDouble();
    }

    /**
     * Takes prompts out of the queue ({@code POST /queue}); one that runs is not touched, an unknown one ignored.
     *
     * @param prompts their ids
     */
    public void deleteQueued(Collection<String> prompts) {
        post("queue", JsonObject.of("delete", List.copyOf(prompts)));
    }

    /** Takes every waiting prompt out of the queue, those of others included. */
    public void clearQueue() {
        post("queue", JsonObject.of("clear", true));
    }

    /**
     * Stops a prompt if it runs; a waiting or unknown one is left alone. Takes effect at the next sampler step.
     *
     * @param prompt its id; not blank, since ComfyUI stops whatever runs when it is given none
     */
    public void interrupt(String prompt) {
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("A blank prompt id would interrupt any prompt; see interruptAny()");
        }
        post("interrupt", JsonObject.of("prompt_id", prompt));
    }

    /** Stops whatever runs, whoever sent it. */
    public void interruptAny() {
        http.post(http.url("interrupt"), RequestBody.create(new byte[0], null));
    }

    // ---- history

    /**
     * How a prompt ended.
     *
     * @param prompt its id
     * @return its entry; empty while it waits or runs, and when the server does not know it
     */
    public Optional<HistoryEntry> history(String prompt) {
        return http.object(http.url("history", prompt))
                .get(prompt)
                .filter(JsonObject.class::isInstance)
                .map(entry -> HistoryEntry.of(prompt, (JsonObject) entry));
    }

    /**
     * The newest ended prompts.
     *
     * @param max how many at most, 0 or more
     * @return their entries, the one that ended first comes first
     */
    public List<HistoryEntry> history(int max) {
        return entries(page(max).build());
    }

    /**
     * Ended prompts from the oldest on.
     *
     * @param offset how many to pass over, 0 or more
     * @param max how many at most, 0 or more
     * @return their entries, the one that ended first comes first
     */
    public List<HistoryEntry> history(int offset, int max) {
        return entries(
                page(max).addQueryParameter("offset", Integer.toString(offset)).build());
    }

    /**
     * Makes the server forget ended prompts; their files stay.
     *
     * @param prompts their ids; unknown ones are ignored
     */
    public void deleteHistory(Collection<String> prompts) {
        post("history", JsonObject.of("delete", List.copyOf(prompts)));
    }

    /** Makes the server forget all ended prompts, those of others included. */
    public void clearHistory() {
        post("history", JsonObject.of("clear", true));
    }

    // ---- files

    /**
     * Fetches a file as it lies on the server, text chunks included.
     *
     * @param file which
     * @return its bytes
     * @throws ComfyException {@code NOT_FOUND} when it is not there, {@code REFUSED} when it is larger than the limit of
     *     the settings, {@code UNAVAILABLE} when it was cut short
     */
    public byte[] view(OutputFile file) {
        HttpUrl url = http.url("view")
                .newBuilder()
                .addQueryParameter("filename", file.filename())
                .addQueryParameter("subfolder", file.subfolder())
                .addQueryParameter("type", file.type())
                .build();
        byte[] bytes = http.bytes(url, limits.maxImageBytes());
        if (PngEnd.isMissing(bytes)) {
            throw http.failure(new ComfyError.CutShort("image " + file), null);
        }
        return bytes;
    }

    /**
     * Puts an image on the server.
     *
     * @param image the image and its place
     * @return where it is now; its name may differ from the one asked for
     */
    public OutputFile upload(Upload image) {
        return uploads.image(image);
    }

    /**
     * Puts a mask on the server: the referenced image gets the alpha channel of the upload. ComfyUI answers with a name
     * even when the referenced image is missing, and writes no file then.
     *
     * @param mask an image with an alpha channel
     * @param original the image to mask
     * @return where the masked image is
     */
    public OutputFile uploadMask(Upload mask, OutputFile original) {
        return uploads.mask(mask, original);
    }

    // ---- what the server has

    /**
     * The definitions of all nodes, model lists included; half a megabyte or more.
     *
     * @return class type → definition
     */
    public JsonObject objectInfo() {
        return http.object(http.url("object_info"));
    }

    /**
     * The definition of one node.
     *
     * @param classType its name
     * @return the definition; empty when the server lacks the node
     */
    public Optional<JsonObject> objectInfo(String classType) {
        return http.object(http.url("object_info", classType))
                .get(classType)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /**
     * The kinds of model files the server knows.
     *
     * @return folder names: {@code checkpoints}, {@code loras} …
     */
    public List<String> models() {
        return texts(http.url("models"));
    }

    /**
     * The model files of a kind, in the server's own spelling.
     *
     * @param folder {@code checkpoints}, {@code loras} …
     * @return names with the server's path separator
     * @throws ComfyException {@code NOT_FOUND} when there is no such kind
     */
    public List<String> models(String folder) {
        return texts(http.url("models", folder));
    }

    /**
     * The textual inversions.
     *
     * @return names without extension
     */
    public List<String> embeddings() {
        return texts(http.url("embeddings"));
    }

    /**
     * What a {@code .safetensors} file says about itself, such as the tags a LoRA was trained with.
     *
     * @param folder {@code loras} …
     * @param file its name in the server's spelling
     * @return the header's metadata; empty when there is none or no such file
     */
    public Optional<JsonObject> viewMetadata(String folder, String file) {
        JsonValue found = http.find(http.url("view_metadata", folder)
                .newBuilder()
                .addQueryParameter("filename", file)
                .build());
        return found instanceof JsonObject metadata ? Optional.of(metadata) : Optional.empty();
    }

    /**
     * Version, system and devices.
     *
     * @return what the server says about itself
     */
    public SystemStats systemStats() {
        return SystemStats.of(http.object(http.url("system_stats")));
    }

    /**
     * What the server can do.
     *
     * @return its features
     */
    public Features features() {
        return Features.of(http.object(http.url("features")));
    }

    /**
     * Asks the server to free memory once the present prompt has ended.
     *
     * @param unloadModels models leave the GPU; results of nodes stay cached
     * @param freeMemory results of nodes are forgotten too
     */
    public void free(boolean unloadModels, boolean freeMemory) {
        post("free", JsonObject.of("unload_models", unloadModels, "free_memory", freeMemory));
    }

    /**
     * Ends the connection. Calls under way fail with {@code CANCELLED}; runs under way end as lost on our side and go on
     * on the server's. May be called more than once.
     */
    @Override
    public void close() {
        runs.close();
        http.close();
        deadlines.close();
    }

    private List<String> texts(HttpUrl url) {
        if (http.get(url) instanceof JsonArray list) {
            return list.items().stream()
                    .map(item -> item instanceof JsonText text ? text.value() : item.toString())
                    .toList();
        }
        throw http.otherShape("GET " + url.encodedPath());
    }

    private HttpUrl.Builder page(int max) {
        return http.url("history").newBuilder().addQueryParameter("max_items", Integer.toString(max));
    }

    private List<HistoryEntry> entries(HttpUrl url) {
        List<HistoryEntry> entries = new ArrayList<>();
        http.object(url).members().forEach((id, entry) -> {
            if (entry instanceof JsonObject told) {
                entries.add(HistoryEntry.of(id, told));
            }
        });
        return entries;
    }

    private void post(String path, JsonObject body) {
        http.post(http.url(path), RequestBody.create(Json.compact(body), OneShot.JSON));
    }
}
