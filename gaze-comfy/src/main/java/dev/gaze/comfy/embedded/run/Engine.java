package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.time.Time;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.fault.Pauses;
import dev.gaze.comfy.embedded.node.NodeFunctions;
import dev.gaze.comfy.embedded.node.Stopped;
import dev.gaze.comfy.embedded.node.Workshop;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One life of the server, from start to restart: queue, worker thread, result cache, history and the prompt counter.
 * Whatever it knows ends with it.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final int MOST_PREFIXES = 10_000;

    private final Setting setting;
    private final PromptQueue queue;
    private final History history = new History();
    private final ResultCache cache = new ResultCache();
    private final HeldModels held = new HeldModels();
    private final AtomicLong counter = new AtomicLong();
    private final AtomicLong everNew = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final Map<String, String> previewPrefixes = new ConcurrentHashMap<>();
    private final Thread worker;
    private volatile boolean interrupted;
    private volatile boolean freeMemory;
    private volatile boolean closed;
    private volatile @Nullable String client;
    private volatile @Nullable String node;

    /**
     * What an engine is given.
     *
     * @param time clock
     * @param random for ids and names
     * @param specs node definitions
     * @param functions what nodes do
     * @param workshop what nodes use
     * @param faults what goes wrong
     * @param pauses how to wait
     * @param audience who hears frames
     * @param previews whether samplers send previews
     */
    public record Setting(
            Time time,
            RandomGenerator random,
            NodeSpecs specs,
            NodeFunctions functions,
            Workshop workshop,
            Faults faults,
            Pauses pauses,
            Audience audience,
            boolean previews) {}

    /** Starts the worker. */
    public Engine(Setting setting) {
        this.setting = setting;
        queue = new PromptQueue(left -> {
            tell(null, status(left));
            setting.pauses().wake();
        });
        worker = new Thread(this::work, "embedded-comfy-worker");
        worker.setDaemon(true);
        worker.start();
    }

    /** The {@code status} frame everybody gets. */
    public static String status(int left) {
        return "{\"type\":\"status\",\"data\":{\"status\":{\"exec_info\":{\"queue_remaining\":" + left + "}}}}";
    }

    private void work() {
        try {
            while (true) {
                Optional<QueuedPrompt> next = queue.take(() -> interrupted = false);
                if (next.isEmpty()) {
                    return;
                }
                one(next.get());
            }
        } catch (PromptHeap.Incomparable twins) {
            LOG.log(Level.DEBUG, "Two prompts cannot be told apart; the worker ends, as ComfyUI's does");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(QueuedPrompt prompt) {
        PromptRun run = new PromptRun(prompt, this);
        client = run.client();
        byte[] entry = run.run();
        node = null;
        setting.pauses().pause(setting.faults().historyDelay(), () -> closed);
        if (closed) {
            return;
        }
        history.put(prompt.id(), entry);
        finished.incrementAndGet();
        queue.done();
        if (client != null) {
            String end =
                    "{\"type\":\"executing\",\"data\":{\"node\":null,\"prompt_id\":" + new JsonText(prompt.id()) + "}}";
            tell(client, end);
        }
        if (freeMemory) {
            freeMemory = false;
            cache.clear();
        }
    }

    /** Where a worker that was told to stand still stands. */
    void stand() {
        setting.pauses().until(() -> !setting.faults().halted() || interrupted || closed);
    }

    /** Where an interrupt takes effect. */
    void checkpoint() throws Stopped {
        stand();
        if (interrupted || closed) {
            throw new Stopped();
        }
    }

    /** Time in which work is done; an interrupt ends it early. */
    void work(Duration howLong) throws Stopped {
        setting.pauses().pause(howLong, () -> interrupted || closed);
        checkpoint();
    }

    void atNode(@Nullable String id) {
        node = id;
    }

    String previewPrefix(String nodeId) {
        if (previewPrefixes.size() > MOST_PREFIXES) {
            previewPrefixes.clear();
        }
        return previewPrefixes.computeIfAbsent(nodeId, none -> {
            StringBuilder name = new StringBuilder("ComfyUI_temp_");
            for (int i = 0; i < 5; i++) {
                name.append((char) ('a' + setting.random().nextInt(26)));
            }
            return name.toString();
        });
    }

    /** The node that client's prompt is at. */
    public Optional<String> nodeOf(String clientId) {
        return clientId.equals(client) ? Optional.ofNullable(node) : Optional.empty();
    }

    /** Interrupts what runs, or only if it is that prompt. */
    public void interrupt(@Nullable String promptId) {
        boolean meant = promptId == null
                || queue.running()
                        .filter(prompt -> prompt.id().equals(promptId))
                        .isPresent();
        if (meant) {
            interrupted = true;
            setting.pauses().wake();
        }
    }

    /** Drops the results kept from the last prompt, once the worker is free. */
    public void freeMemory() {
        if (queue.running().isPresent()) {
            freeMemory = true;
        } else {
            cache.clear();
        }
    }

    /** Lets go of the models held. */
    public void unloadModels() {
        held.clear();
    }

    HeldModels held() {
        return held;
    }

    /** The worker takes no further prompt, as after two prompts nothing tells apart. */
    public void killWorker() {
        queue.close();
    }

    /** The next number of a prompt. */
    public long nextNumber() {
        return counter.getAndIncrement();
    }

    /** Waiting and running prompts. */
    public PromptQueue queue() {
        return queue;
    }

    /** Ended prompts. */
    public History history() {
        return history;
    }

    /** How many prompts ran to an end. */
    public long finished() {
        return finished.get();
    }

    Map<String, NodeSpec> specs() {
        return setting.specs().current();
    }

    NodeFunctions functions() {
        return setting.functions();
    }

    Workshop workshop() {
        return setting.workshop();
    }

    Faults faults() {
        return setting.faults();
    }

    Audience audience() {
        return setting.audience();
    }

    /** Sends a frame, unless this life of the server is over. */
    void tell(@Nullable String to, String frame) {
        if (!closed) {
            setting.audience().tell(to, frame);
        }
    }

    boolean previews() {
        return setting.previews();
    }

    ResultCache cache() {
        return cache;
    }

    AtomicLong everNew() {
        return everNew;
    }

    Instant now() {
        return setting.time().now();
    }

    /** Ends the worker; what runs or waits is lost. */
    @Override
    public void close() {
        closed = true;
        queue.close();
        setting.pauses().wake();
        boolean self = Thread.currentThread() == worker;
        try {
            if (!self) {
                worker.join(5_000);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
