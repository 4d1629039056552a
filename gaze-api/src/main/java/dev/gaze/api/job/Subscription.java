package dev.gaze.api.job;

/** Somebody listens. Closing it ends the calls; one that is under way comes to its end. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends the calls. May be called more than once, from any thread, also from the listener. */
    @Override
    void close();
}
