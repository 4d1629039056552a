package dev.gaze.llm.loop;

import dev.gaze.api.time.Time;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Time that moves when told, and that tells how often it was looked at. Safe for use by several threads. */
final class WatchedTime implements Time {
    private final ManualTime time = new ManualTime();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Runnable> atNextLook = new AtomicReference<>(() -> {});

    int looks() {
        return looks.get();
    }

    /** Does something, once, on the thread that looks next. */
    void atNextLook(Runnable action) {
        atNextLook.set(action);
    }

    void advance(Duration by) {
        time.advance(by);
    }

    @Override
    public Instant now() {
        looks.incrementAndGet();
        atNextLook.getAndSet(() -> {}).run();
        return time.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(delay, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return time.every(period, action);
    }
}
