package dev.gaze.core.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was opened so far. Closes all of it in reverse, whatever goes wrong on the way. */
final class CloseStack implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T part) {
        opened.push(part);
        return part;
    }

    /** Closes everything; may be called more than once. The first failure is thrown at the end, with the others. */
    @Override
    public synchronized void close() {
        RuntimeException first = null;
        while (!opened.isEmpty()) {
            first = close(opened.pop(), first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException close(AutoCloseable part, @Nullable RuntimeException first) {
        try {
            part.close();
            return first;
        } catch (Exception failure) {
            RuntimeException thrown =
                    failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
            if (first == null) {
                return thrown;
            }
            first.addSuppressed(thrown);
            return first;
        }
    }
}
