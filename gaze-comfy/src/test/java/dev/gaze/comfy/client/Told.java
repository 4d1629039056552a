package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A listener that keeps what it is told. */
final class Told implements Consumer<RenderEvent> {
    final List<RenderEvent> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RenderEvent> unread = new LinkedBlockingQueue<>();

    @Override
    public void accept(RenderEvent event) {
        all.add(event);
        unread.add(event);
    }

    /** The next event of a type; those before it are passed over. */
    <E extends RenderEvent> E next(Class<E> type) throws InterruptedException {
        while (true) {
            RenderEvent event = unread.poll(ScriptedComfy.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + type.getSimpleName() + " came; told so far: " + all);
            }
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }
}
