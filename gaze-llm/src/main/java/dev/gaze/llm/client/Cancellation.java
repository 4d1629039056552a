package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends everything that belongs to one call, once, for the first reason given. Safe for use by several threads. */
public final class Cancellation {
    private final List<Runnable> stops = new ArrayList<>();
    private @Nullable ChatException reason;

    /** Something that can be stopped. Closing it says that it has ended by itself. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Registers something to stop.
     *
     * @param stop called once when everything is cancelled, at once when it is already; short
     * @return takes it back
     */
    public Hold onCancel(Runnable stop) {
        synchronized (this) {
            if (reason == null) {
                stops.add(stop);
                return () -> remove(stop);
            }
        }
        stop.run();
        return () -> {};
    }

    /**
     * Stops everything. Only the first call counts.
     *
     * @param why what the caller is told
     */
    public void cancel(ChatException why) {
        List<Runnable> all;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            all = List.copyOf(stops);
            stops.clear();
        }
        all.forEach(Runnable::run);
    }

    /**
     * Why everything was stopped.
     *
     * @return the reason; null while it goes on
     */
    public synchronized @Nullable ChatException reason() {
        return reason;
    }

    /** Throws the reason when everything was stopped. */
    public void check() {
        ChatException stopped = reason();
        if (stopped != null) {
            throw stopped;
        }
    }

    private synchronized void remove(Runnable stop) {
        stops.remove(stop);
    }
}
