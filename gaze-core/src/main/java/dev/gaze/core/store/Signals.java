package dev.gaze.core.store;

import dev.gaze.api.job.Subscription;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Tells other openings on the same database that something has changed, and is told by them; never of what this one has
 * sent itself. A signal is a hint that comes at once, nearly always: who needs to be sure looks now and then besides.
 */
public interface Signals {
    /** With nobody else there. */
    Signals NONE = new Signals() {
        @Override
        public void send(String topic, String what) {
            // nobody hears it
        }

        @Override
        public void send(Handle handle, String topic, String what) {
            // nobody hears it
        }

        @Override
        public Subscription listen(String topic, Listener listener) {
            return () -> {};
        }
    };

    /**
     * Tells them at once.
     *
     * @param topic letters only; who listens to another one hears nothing
     * @param what may be empty; at most some thousand characters, or it is told as "anything"
     */
    void send(String topic, String what);

    /**
     * Tells them when a transaction is committed, and not at all when it is rolled back.
     *
     * @param handle in a transaction
     * @param topic as above
     * @param what as above
     */
    void send(Handle handle, String topic, String what);

    /**
     * Is told by them.
     *
     * @param topic which signals are wanted
     * @param listener called on one thread that all listeners share
     * @return ends the calls when closed
     */
    Subscription listen(String topic, Listener listener);

    /** Hears signals. */
    interface Listener {
        /**
         * Something has changed.
         *
         * @param what as it was sent; the same signal sent many times in a moment may come once
         */
        void heard(String what);

        /** Signals may have been lost: anything may have changed. */
        void lost();

        /**
         * Who does not mind what it was that changed.
         *
         * @param look called whenever something has changed or may have
         * @return a listener that calls it
         */
        static Listener any(Runnable look) {
            return of(what -> look.run(), look);
        }

        /**
         * A listener of two functions.
         *
         * @param heard called with each signal
         * @param lost called when some may have been lost
         * @return the listener
         */
        static Listener of(Consumer<String> heard, Runnable lost) {
            return new Listener() {
                @Override
                public void heard(String what) {
                    heard.accept(what);
                }

                @Override
                public void lost() {
                    lost.run();
                }
            };
        }
    }
}
