package dev.gaze.comfy.embedded.run;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Waiting prompts and the running one. Every change tells how many are left, under the queue's lock, so that frames come
 * in the order of the changes. Safe for use by several threads.
 */
public final class PromptQueue {
    private final PromptHeap waiting = new PromptHeap();
    private final IntConsumer changed;
    private volatile @Nullable QueuedPrompt running;
    private volatile int left;
    private boolean closed;

    /** An empty queue; {@code changed} is told the number of prompts left and must be quick. */
    PromptQueue(IntConsumer changed) {
        this.changed = changed;
    }

    /**
     * Adds a prompt.
     *
     * @return false when ComfyUI would have answered 500, with the prompt in the queue all the same
     */
    public synchronized boolean put(QueuedPrompt prompt) {
        try {
            waiting.push(prompt);
        } catch (PromptHeap.Incomparable twins) {
            left = waiting.size() + (running == null ? 0 : 1);
            return false;
        }
        tell();
        notifyAll();
        return true;
    }

    /**
     * Waits for the next prompt and makes it the running one.
     *
     * @param taken called at the moment a prompt becomes the running one
     * @return empty when the queue was closed
     * @throws PromptHeap.Incomparable when two prompts cannot be compared: the end of ComfyUI's worker
     */
    synchronized Optional<QueuedPrompt> take(Runnable taken) throws InterruptedException {
        while (waiting.size() == 0 && !closed) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        QueuedPrompt next = waiting.pop();
        running = next;
        taken.run();
        tell();
        return Optional.of(next);
    }

    /** The running prompt has ended. */
    synchronized void done() {
        running = null;
        tell();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The running prompt. */
    public Optional<QueuedPrompt> running() {
        return Optional.ofNullable(running);
    }

    /**
     * Both lists of one moment.
     *
     * @param running none or one
     * @param waiting in heap order
     */
    public record Snapshot(List<QueuedPrompt> running, List<QueuedPrompt> waiting) {}

    /** What runs and what waits now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(running().stream().toList(), waiting.list());
    }

    /** How many run and wait; takes no lock, so that whoever is told of a change may ask. */
    public int left() {
        return left;
    }

    private void tell() {
        left = waiting.size() + (running == null ? 0 : 1);
        changed.accept(left);
    }

    /** Removes waiting prompts, of each id the first. */
    public synchronized void delete(List<String> ids) {
        for (String id : ids) {
            boolean only = waiting.size() == 1;
            if (waiting.remove(prompt -> prompt.id().equals(id))) {
                tell();
                if (only) {
                    tell(); // ComfyUI clears the queue to delete its last item, and tells twice
                }
            }
        }
    }

    /** Removes all waiting prompts. */
    public synchronized void clear() {
        waiting.clear();
        tell();
    }
}
