package dev.gaze.core.small;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server inside a test: takes every workflow and does what the test says. */
public final class SmallServer implements RenderServer {
    private final BackendId id;
    private final Executor callbacks;
    private final BlockingQueue<Run> fresh = new LinkedBlockingQueue<>();
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private volatile Function<Run, RenderEvent.@Nullable Ended> answer = run -> null;
    private volatile @Nullable ServerFacts told;
    private volatile ServerFacts next = SmallWirer.facts("model.safetensors");
    private volatile boolean away;
    private volatile boolean closed;
    private volatile boolean deaf;
    private volatile boolean silent;
    private volatile boolean unwilling;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable GazeException> refusal = new AtomicReference<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile int asked;
    private final AtomicInteger missed = new AtomicInteger();

    /** A server that takes workflows and lets them wait for the test. */
    public SmallServer(String name, Executor callbacks) {
        id = new BackendId(name);
        this.callbacks = callbacks;
    }

    // What a test says -----------------------------------------------------------------------------------------------

    /** Ends every run at once with what is given; null lets it wait for the test. */
    public SmallServer answering(Function<Run, RenderEvent.@Nullable Ended> answer) {
        this.answer = answer;
        return this;
    }

    /** Ends every run at once with one PNG. */
    public SmallServer drawing() {
        return answering(run -> run.finished(Images.png(64, 96)));
    }

    /** No longer answers, or answers again. */
    public void away(boolean away) {
        this.away = away;
    }

    /** Takes no notice of cancels. */
    public void deaf() {
        deaf = true;
    }

    /** Refuses the next workflow. */
    public void refuse(GazeException why) {
        refusal.set(why);
    }

    /** Answers probes, and is away whenever it is asked for work. */
    public void unwilling() {
        unwilling = true;
    }

    /** How often it was unwilling. */
    public int refusals() {
        return refusals.get();
    }

    /** Takes workflows, and never says so. */
    public void silent() {
        silent = true;
    }

    /** What it can do; told once somebody asks anew. */
    public void has(ServerFacts facts) {
        next = facts;
    }

    /** Knows nothing of its runs any more, as after a restart. */
    public void forget() {
        runs.clear();
    }

    /** How often it had to look what it can do. */
    public int asked() {
        return asked;
    }

    /** How often somebody called while it was away. */
    public int missed() {
        return missed.get();
    }

    /** The runs so far. */
    public List<Run> runs() {
        return new ArrayList<>(runs);
    }

    /** Waits for the next run to arrive. */
    public Run awaitRun() {
        try {
            Run run = fresh.poll(20, TimeUnit.SECONDS);
            if (run == null) {
                throw new AssertionError("No run arrived at " + id);
            }
            return run;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    // What it is -----------------------------------------------------------------------------------------------------

    @Override
    public BackendId id() {
        return id;
    }

    @Override
    public synchronized ServerFacts facts() {
        requireThere();
        ServerFacts facts = told;
        if (facts == null) {
            asked++;
            facts = next;
            told = facts;
        }
        return facts;
    }

    @Override
    public synchronized void forgetFacts() {
        told = null;
    }

    @Override
    public RenderRun start(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener) {
        requireThere();
        requireWilling();
        GazeException refused = refusal.getAndSet(null);
        if (refused != null) {
            throw refused;
        }
        Run run = new Run(prompt, workflow, pngInfo, listener);
        runs.add(run);
        RenderEvent.Ended end = answer.apply(run);
        if (end != null) {
            run.tell(new RenderEvent.Started(1));
            run.end(end);
        }
        fresh.add(run);
        if (silent) {
            awaitClosing();
            requireThere();
        }
        return run;
    }

    @Override
    public RenderRun attach(UUID prompt, Workflow workflow, Consumer<RenderEvent> listener) {
        requireThere();
        requireWilling();
        Run known = find(prompt);
        if (known != null) {
            known.join(listener);
            return known;
        }
        Run unknown = new Run(prompt, workflow, JsonObject.empty(), listener);
        unknown.end(new RenderEvent.Lost(Problem.of("The server knows nothing of prompt " + prompt)));
        return unknown;
    }

    @Override
    public void cancel(UUID prompt) {
        requireThere();
        Run known = find(prompt);
        if (known != null) {
            known.cancel();
        }
    }

    @Override
    public void probe() {
        requireThere();
    }

    private @Nullable Run find(UUID prompt) {
        return runs.stream()
                .filter(run -> run.prompt().equals(prompt))
                .findFirst()
                .orElse(null);
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        runs.forEach(run -> run.end(new RenderEvent.Lost(Problem.of("The connection was closed"))));
    }

    private void requireWilling() {
        if (unwilling) {
            refusals.incrementAndGet();
            throw new GazeException(Kind.UNAVAILABLE, Problem.of("It is away for work"));
        }
    }

    private void requireThere() {
        if (closed) {
            throw new GazeException(Kind.CANCELLED, Problem.of("The connection to " + id + " was closed"));
        }
        if (away) {
            missed.incrementAndGet();
            throw new GazeException(Kind.UNAVAILABLE, Problem.of("Nobody answers at http://" + id));
        }
    }

    /** One workflow on this server. */
    public final class Run implements RenderRun {
        private final UUID prompt;
        private final Workflow workflow;
        private final JsonObject pngInfo;
        private final List<Consumer<RenderEvent>> listeners = new CopyOnWriteArrayList<>();
        private RenderEvent.@Nullable Ended end;
        private volatile int cancels;

        Run(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener) {
            this.prompt = prompt;
            this.workflow = workflow;
            this.pngInfo = pngInfo;
            listeners.add(listener);
        }

        /** One more who is told what happens from now on; the end also when it was before. */
        private void join(Consumer<RenderEvent> listener) {
            RenderEvent.Ended before;
            synchronized (this) {
                before = end;
                if (before == null) {
                    listeners.add(listener);
                }
            }
            if (before != null) {
                callbacks.execute(() -> listener.accept(before));
            }
        }

        @Override
        public UUID prompt() {
            return prompt;
        }

        /** What was sent. */
        public Workflow workflow() {
            return workflow;
        }

        /** What goes into the text chunks. */
        public JsonObject pngInfo() {
            return pngInfo;
        }

        /** How often somebody asked to stop it. */
        public int cancels() {
            return cancels;
        }

        @Override
        public void cancel() {
            cancels++;
            if (!deaf) {
                end(new RenderEvent.Interrupted(true));
            }
        }

        /** Something happens. */
        public Run tell(RenderEvent event) {
            listeners.forEach(listener -> callbacks.execute(() -> listener.accept(event)));
            return this;
        }

        /** Begins to work. */
        public Run begin() {
            return tell(new RenderEvent.Started(3));
        }

        /** The end; only the first counts. */
        public void end(RenderEvent.Ended end) {
            synchronized (this) {
                if (this.end != null) {
                    return;
                }
                this.end = end;
            }
            tell(end);
        }

        /** The end of a run that kept files. */
        public RenderEvent.Finished finished(byte[]... files) {
            List<RenderOutput> outputs = new ArrayList<>();
            for (byte[] file : files) {
                outputs.add(output("img_%05d_.png".formatted(outputs.size() + 1), "output", file));
            }
            return new RenderEvent.Finished(outputs);
        }

        /** Ends with one PNG. */
        public void finish() {
            end(finished(Images.png(64, 96)));
        }
    }

    /** A file of a server. */
    public static RenderOutput output(String name, String type, byte[] bytes) {
        return new RenderOutput("9", "images", name, "gaze", type, () -> bytes);
    }
}
