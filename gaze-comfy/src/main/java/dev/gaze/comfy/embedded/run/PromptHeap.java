package dev.gaze.comfy.embedded.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The waiting prompts as a binary heap laid out like Python's, because {@code /queue} lists them in that order and
 * because two items with equal number and equal id cannot be compared: Python goes on to compare the graphs and stops
 * with a TypeError, half way through. {@link java.util.PriorityQueue} would hide both.
 */
final class PromptHeap {
    private final List<QueuedPrompt> heap = new ArrayList<>();

    /** Python's TypeError: nothing tells these two prompts apart. */
    static final class Incomparable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomparable() {
            super("'<' not supported between instances of 'dict' and 'dict'", null, false, false);
        }
    }

    /** Adds a prompt; when it cannot be compared it is added all the same. */
    void push(QueuedPrompt prompt) {
        heap.add(prompt);
        sink(0, heap.size() - 1);
    }

    /** Takes the first; when two cannot be compared, the one to be taken is lost. */
    QueuedPrompt pop() {
        QueuedPrompt last = heap.remove(heap.size() - 1);
        if (heap.isEmpty()) {
            return last;
        }
        QueuedPrompt first = heap.set(0, last);
        rise(0);
        return first;
    }

    /** Removes the first that fits, in the heap's own order. */
    boolean remove(Predicate<QueuedPrompt> which) {
        for (int i = 0; i < heap.size(); i++) {
            if (which.test(heap.get(i))) {
                heap.remove(i);
                for (int parent = heap.size() / 2 - 1; parent >= 0; parent--) {
                    rise(parent);
                }
                return true;
            }
        }
        return false;
    }

    void clear() {
        heap.clear();
    }

    int size() {
        return heap.size();
    }

    List<QueuedPrompt> list() {
        return Collections.unmodifiableList(new ArrayList<>(heap));
    }

    private static boolean before(QueuedPrompt a, QueuedPrompt b) {
        int order = Double.compare(a.order() + 0.0, b.order() + 0.0);
        int decided = order == 0 ? a.id().compareTo(b.id()) : order;
        if (decided == 0) {
            throw new Incomparable();
        }
        return decided < 0;
    }

    private void sink(int start, int place) {
        QueuedPrompt moved = heap.get(place);
        int at = place;
        while (at > start) {
            int parent = (at - 1) / 2;
            if (!before(moved, heap.get(parent))) {
                break;
            }
            heap.set(at, heap.get(parent));
            at = parent;
        }
        heap.set(at, moved);
    }

    private void rise(int place) {
        QueuedPrompt moved = heap.get(place);
        int at = place;
        for (int child = 2 * at + 1; child < heap.size(); child = 2 * at + 1) {
            int right = child + 1;
            if (right < heap.size() && !before(heap.get(child), heap.get(right))) {
                child = right;
            }
            heap.set(at, heap.get(child));
            at = child;
        }
        heap.set(at, moved);
        sink(place, at);
    }
}
