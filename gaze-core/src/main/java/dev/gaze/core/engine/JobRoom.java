package dev.gaze.core.engine;

import dev.gaze.api.job.Jobs;
import dev.gaze.core.job.Shop;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The jobs, opened when somebody first asks for them: a new library has none, and its database takes a while to make. */
final class JobRoom implements AutoCloseable {
    private final Supplier<Shop> opening;
    private @Nullable Shop shop;
    private boolean closed;

    JobRoom(Supplier<Shop> opening) {
        this.opening = opening;
    }

    synchronized Jobs open() {
        if (shop == null) {
            if (closed) {
                throw new IllegalStateException("This library is closed");
            }
            shop = opening.get();
        }
        return shop.jobs();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (shop != null) {
            shop.close();
        }
    }
}
