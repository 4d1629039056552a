package dev.gaze.core.store;

import dev.gaze.api.job.Subscription;

/** Tells other processes on the same database that something has changed, and is told by them. */
public interface Signals extends AutoCloseable {
    /** With nobody else there. */
    Signals NONE = new Signals() {
        @Override
        public void send() {
            // nobody hears it
        }

        @Override
        public Subscription listen(Runnable heard) {
            return () -> {};
        }

        @Override
        public void close() {
            // nothing was opened
        }
    };

    /** Tells them; never blocks for long, and may be lost. */
    void send();

    /**
     * Is told by them.
     *
     * @param heard called on a thread of its own
     * @return ends the calls when closed
     */
    Subscription listen(Runnable heard);

    @Override
    void close();
}
