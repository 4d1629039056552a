package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what happens: in order, one call at a time, on the caller's executor. Events wait until
 * {@link #open}, since frames of a prompt may arrive before the answer that says it was taken. A slow listener misses
 * previews, and nothing else.
 */
final class Events {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private static final int PREVIEWS_KEPT = 4;

    private final @Nullable Consumer<RenderEvent> listener;
    private final Executor executor;
    private final Deque<RenderEvent> waiting = new ArrayDeque<>();
    private boolean open;
    private boolean telling;

    /** With no listener nothing is kept and no thread is woken. */
    Events(@Nullable Consumer<RenderEvent> listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    /** Adds an event; nobody is called before {@link #tell}, so a lock may be held. */
    synchronized void add(RenderEvent event) {
        if (listener == null) {
            return;
        }
        if (event instanceof RenderEvent.Previewed) {
            forgetOldPreview();
        }
        waiting.add(event);
    }

    private void forgetOldPreview() {
        if (waiting.stream().filter(RenderEvent.Previewed.class::isInstance).count() < PREVIEWS_KEPT) {
            return;
        }
        Iterator<RenderEvent> oldest = waiting.iterator();
        while (oldest.hasNext()) {
            if (oldest.next() instanceof RenderEvent.Previewed) {
                oldest.remove();
                return;
            }
        }
    }

    void open() {
        synchronized (this) {
            open = true;
        }
        tell();
    }

    /** Drops everything and tells nothing any more. */
    synchronized void drop() {
        open = false;
        waiting.clear();
    }

    /** Has what waits told; call it without a lock, since the executor may run it on this very thread. */
    void tell() {
        synchronized (this) {
            if (listener == null || !open || telling || waiting.isEmpty()) {
                return;
            }
            telling = true;
        }
        try {
            executor.execute(() -> drain(listener));
        } catch (RejectedExecutionException ended) {
            LOG.log(Level.WARNING, "Events of a run cannot be told: the callbacks executor takes nothing any more");
            synchronized (this) {
                telling = false;
            }
        }
    }

    private void drain(Consumer<RenderEvent> listener) {
        while (true) {
            RenderEvent next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    telling = false;
                    return;
                }
            }
            try {
                listener.accept(next);
            } catch (RuntimeException | LinkageError failure) {
                LOG.log(Level.ERROR, "A listener of a run failed; it will be told what follows", failure);
            }
        }
    }
}
