package dev.gaze.comfy.embedded.fault;

import dev.gaze.api.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Everything that is set to go wrong at the moment. Safe for use by several threads. */
public final class Faults {
    private final Pauses pauses;
    private final Map<String, NodeFault> nodes = new ConcurrentHashMap<>();
    private final List<RouteFault> routes = new CopyOnWriteArrayList<>();
    private volatile Duration stepDelay = Duration.ZERO;
    private volatile Duration historyDelay = Duration.ZERO;
    private volatile Duration frameDelay = Duration.ZERO;
    private volatile Frames frames = Frames.SENT;
    private volatile Pace pace = Pace.AT_ONCE;
    private volatile boolean halted;
    private volatile boolean cutImages;
    private volatile boolean rehearsal;
    private volatile @Nullable JsonObject refusal;
    private volatile @Nullable JsonObject partRefusal;

    /** Nothing wrong yet. */
    public Faults(Pauses pauses) {
        this.pauses = pauses;
    }

    /** What becomes of frames. */
    public enum Frames {
        /** They are sent. */
        SENT,
        /** They are lost. */
        LOST,
        /** Each is sent twice. */
        TWICE,
        /** Four at a time, the last one first. */
        DISORDERED
    }

    /**
     * How long work takes.
     *
     * @param sampling each sampler, all its steps together
     * @param model a main model that is not held
     * @param lora each LoRA that the prompt before did not use
     */
    public record Pace(Duration sampling, Duration model, Duration lora) {
        /** As fast as the machine can. */
        public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /**
     * How a node fails.
     *
     * @param exceptionType as Python names it
     * @param message the exception's text
     */
    public record NodeFault(String exceptionType, String message) {}

    /**
     * What happens to requests below a path.
     *
     * @param path how the request path begins, without {@code /api}
     * @param kind what happens
     * @param status the HTTP status of {@link Kind#ANSWER}
     * @param contentType of the answer
     * @param body the answer
     * @param delay between pieces of {@link Kind#SLOW}
     */
    public record RouteFault(String path, Kind kind, int status, String contentType, String body, Duration delay) {
        /** The kinds of trouble. */
        public enum Kind {
            /** No answer until healed. */
            HANG,
            /** A fixed answer. */
            ANSWER,
            /** The real answer, a piece at a time. */
            SLOW,
            /** The first half of the real answer, then the connection ends. */
            CUT,
            /** The connection ends without an answer. */
            CLOSE;

            /** Whether the real answer is made. */
            public boolean answers() {
                return this == SLOW || this == CUT;
            }
        }
    }

    /** Makes a node fail, by class or id. */
    public void failNode(String classOrId, NodeFault fault) {
        nodes.put(classOrId, fault);
    }

    /** How this node is to fail. */
    public Optional<NodeFault> nodeFault(String classType, String id) {
        NodeFault byId = nodes.get(id);
        return Optional.ofNullable(byId == null ? nodes.get(classType) : byId);
    }

    /** Adds trouble to a route; the newest that fits wins. */
    public void addRoute(RouteFault fault) {
        routes.add(0, fault);
    }

    /** The trouble of a path. */
    public Optional<RouteFault> routeFault(String path) {
        return routes.stream().filter(fault -> path.startsWith(fault.path())).findFirst();
    }

    /** Whether that very fault still stands. */
    public boolean stands(RouteFault fault) {
        return routes.contains(fault);
    }

    /** How long each sampler step takes. */
    public Duration stepDelay() {
        return stepDelay;
    }

    /** Sets how long each sampler step takes. */
    public void stepDelay(Duration delay) {
        stepDelay = delay;
    }

    /** How long history comes after {@code execution_success}. */
    public Duration historyDelay() {
        return historyDelay;
    }

    /** Sets how long history comes after {@code execution_success}. */
    public void historyDelay(Duration delay) {
        historyDelay = delay;
    }

    /** What becomes of frames. */
    public Frames frames() {
        return frames;
    }

    /** Sets what becomes of frames. */
    public void frames(Frames become) {
        frames = become;
    }

    /** How long frames are on their way. */
    public Duration frameDelay() {
        return frameDelay;
    }

    /** Sets how long frames are on their way. */
    public void frameDelay(Duration delay) {
        frameDelay = delay;
    }

    /** How long work takes. */
    public Pace pace() {
        return pace;
    }

    /** Sets how long work takes. */
    public void pace(Pace taken) {
        pace = taken;
    }

    /** Whether the worker stands still. */
    public boolean halted() {
        return halted;
    }

    /** Sets whether the worker stands still. */
    public void halted(boolean still) {
        halted = still;
        pauses.wake();
    }

    /** Whether images are sent by halves. */
    public boolean cutImages() {
        return cutImages;
    }

    /** Sets whether images are sent by halves. */
    public void cutImages(boolean cut) {
        cutImages = cut;
    }

    /** The body every prompt is refused with. */
    public Optional<JsonObject> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Refuses every prompt. */
    public void refuse(JsonObject body) {
        refusal = body;
    }

    /** What is told to be wrong with a part of every prompt. */
    public Optional<JsonObject> partRefusal() {
        return Optional.ofNullable(partRefusal);
    }

    /** Says that a part of every prompt is wrong, and takes the rest. */
    public void refusePart(JsonObject nodeErrors) {
        partRefusal = nodeErrors;
    }

    /** Whether each prompt is run by somebody else just before. */
    public boolean rehearsal() {
        return rehearsal;
    }

    /** Sets whether each prompt is run by somebody else just before. */
    public void rehearse(boolean before) {
        rehearsal = before;
    }

    /** Takes everything back. */
    public void heal() {
        nodes.clear();
        routes.clear();
        stepDelay = Duration.ZERO;
        historyDelay = Duration.ZERO;
        frameDelay = Duration.ZERO;
        frames = Frames.SENT;
        pace = Pace.AT_ONCE;
        cutImages = false;
        rehearsal = false;
        refusal = null;
        partRefusal = null;
        halted(false);
    }
}
