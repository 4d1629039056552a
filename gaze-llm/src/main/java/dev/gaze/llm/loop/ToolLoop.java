package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatModels;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.SteadyTime;
import dev.gaze.api.time.Time;
import dev.gaze.llm.client.Cancellation;
import dev.gaze.llm.client.ModelServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A model server with the loop of tools around it. */
public final class ToolLoop implements Llm {
    private final ChatSettings settings;
    private final Time time;
    private final Deadlines deadlines;
    private final ModelServer server;
    private final ModelNames names;
    private final ArgumentCheck check = new ArgumentCheck();
    private final ExecutorService threads;
    private final Set<Conversation> running = ConcurrentHashMap.newKeySet();
    private final Set<Cancellation> listing = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Prepares a connection; opens nothing and starts no thread.
     *
     * @param settings where and how
     * @param time the clock and timer for every limit
     */
    public ToolLoop(ChatSettings settings, Time time) {
        this.settings = settings;
        this.time = new SteadyTime(time);
        deadlines = new Deadlines(this.time);
        server = new ModelServer(settings, this.time, deadlines);
        names = new ModelNames(settings, server, this.time);
        AtomicInteger counted = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "gaze-llm-" + counted.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public ChatModels models() {
        Cancellation cancellation = new Cancellation();
        listing.add(cancellation);
        try { // on a thread of its own, for the same reason as in complete()
            Future<List<String>> list = threads.submit(() -> names.fresh(cancellation));
            if (closed) {
                cancellation.cancel(endedHere());
            }
            return new ChatModels(list.get(), settings.model());
        } catch (RejectedExecutionException ended) {
            throw endedHere();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof ChatException told
                    ? told
                    : new IllegalStateException("A list of models could not be worked with", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            ChatException why = new ChatException(
                    ChatError.CANCELLED,
                    Problem.of("The thread was interrupted while it waited for the list of models")
                            .at(settings.place()));
            cancellation.cancel(why);
            throw why;
        } finally {
            listing.remove(cancellation);
        }
    }

    @Override
    public ChatReply complete(ChatRequest request) {
        // A thread that reads from a socket cannot be interrupted, one that waits for another can.
        return start(request, false, ignored -> {}).reply();
    }

    @Override
    public ChatCall stream(ChatRequest request, Consumer<ChatEvent> listener) {
        return start(request, true, listener);
    }

    private Conversation start(ChatRequest request, boolean stream, Consumer<ChatEvent> listener) {
        if (request.model() == null && settings.model() == null) {
            throw new ChatException(
                    ChatError.BAD_REQUEST,
                    Problem.of("No model is named")
                            .at(settings.place())
                            .fix("name one on the request (--llm-model), in gaze.json as \"llm\": {\"model\": \"…\"},"
                                    + " or in GAZE_LLM_MODEL beside GAZE_LLM_URL"));
        }
        Conversation conversation = new Conversation(
                request, stream, listener, new Surroundings(settings, time, deadlines, server, names, check, threads));
        running.add(conversation);
        conversation.onEnd(() -> running.remove(conversation));
        try {
            threads.execute(conversation);
        } catch (RejectedExecutionException ended) {
            running.remove(conversation);
            throw endedHere();
        }
        if (closed) {
            conversation.cancel(endedHere());
        }
        return conversation;
    }

    private ChatException endedHere() {
        return new ChatException(
                ChatError.CANCELLED,
                Problem.of("The connection to the language model was closed here")
                        .at(settings.place()));
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(conversation -> conversation.cancel(endedHere()));
        listing.forEach(cancellation -> cancellation.cancel(endedHere()));
        threads.shutdown();
        deadlines.close();
        server.close();
    }
}
