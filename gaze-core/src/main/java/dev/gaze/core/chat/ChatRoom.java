package dev.gaze.core.chat;

import dev.gaze.api.chat.ChatBackend;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connects to the language model and opens its tools when somebody asks for them. Safe for several threads. */
public final class ChatRoom implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChatRoom.class.getName());

    private final List<ChatBackend> backends;
    private final List<ChatTool> declared;
    private final List<ChatToolSource> sources;
    private final ChatSettings settings;
    private final ToolSettings surroundings;
    private final Time time;
    private final List<ChatToolbox> boxes = new ArrayList<>();
    private @Nullable Llm llm;
    private final Object opening = new Object();
    private @Nullable List<ChatTool> tools;
    private volatile boolean closed;

    /**
     * A room in which nothing is open yet.
     *
     * @param backends in the order in which they are asked
     * @param declared tools that plugins declare
     * @param sources of further tools
     * @param settings the model
     * @param surroundings what sources may use
     */
    public ChatRoom(
            List<ChatBackend> backends,
            List<ChatTool> declared,
            List<ChatToolSource> sources,
            ChatSettings settings,
            ToolSettings surroundings) {
        this.backends = List.copyOf(backends);
        this.declared = List.copyOf(declared);
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.surroundings = surroundings;
        time = surroundings.time();
    }

    /**
     * The language model.
     *
     * @return the same at every call
     * @throws GazeException {@code NOT_FOUND} when no backend takes the settings
     */
    public synchronized Llm llm() {
        requireOpen();
        if (llm == null) {
            llm = backends.stream()
                    .filter(backend -> backend.takes(settings))
                    .findFirst()
                    .map(backend -> backend.connect(settings, time))
                    .orElseThrow(() -> new GazeException(
                            Kind.NOT_FOUND,
                            Problem.of("Nobody here talks to language models")
                                    .at(settings.place())
                                    .fix("put dev.gaze:gaze-llm beside gaze-core")));
        }
        return llm;
    }

    /**
     * What models may call: what sources bring, then what plugins declare. Of two with one name the first counts. Opening
     * them may take a while, in which nobody else is kept waiting; a source that fails is left out, and that is logged.
     *
     * @return the same at every call
     */
    public List<ChatTool> tools() {
        synchronized (opening) {
            requireOpen();
            if (tools == null) {
                Map<String, ChatTool> byName = new LinkedHashMap<>();
                sources.forEach(source -> open(source).forEach(tool -> add(tool, byName)));
                declared.forEach(tool -> add(tool, byName));
                tools = List.copyOf(byName.values());
            }
            return tools;
        }
    }

    private List<ChatTool> open(ChatToolSource source) {
        try {
            ChatToolbox box = source.open(surroundings);
            keep(box);
            box.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
            return box.tools();
        } catch (RuntimeException | LinkageError failure) {
            requireOpen();
            LOG.log(
                    Level.WARNING,
                    "The tools of {0} are left out: {1}",
                    source.getClass().getName(),
                    failure);
            return List.of();
        }
    }

    /** One that was opened while everything is being closed is closed at once. */
    private void keep(ChatToolbox box) {
        synchronized (this) {
            if (!closed) {
                boxes.add(box);
                return;
            }
        }
        close(box);
        requireOpen();
    }

    private static void add(ChatTool tool, Map<String, ChatTool> byName) {
        if (byName.putIfAbsent(tool.id(), tool) != null) {
            LOG.log(Level.WARNING, "There are two tools named ''{0}''; the first one counts", tool.id());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The library is closed");
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>();
        synchronized (this) {
            closed = true;
            if (llm != null) {
                open.add(llm);
            }
            open.addAll(boxes);
            boxes.clear();
        }
        open.forEach(ChatRoom::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.log(Level.WARNING, "A model or its tools could not be closed", failure);
        }
    }
}
