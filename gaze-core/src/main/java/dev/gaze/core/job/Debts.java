package dev.gaze.core.job;

import dev.gaze.api.time.SteadyTime;
import dev.gaze.api.time.Time;
import dev.gaze.core.store.DatabaseLost;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What could not be written down because the database was away: tried again until it is back. When that takes too long,
 * those who wait for jobs are told, and the jobs go on whenever they can. Safe for use by several threads.
 */
final class Debts {
    private static final System.Logger LOG = System.getLogger(Debts.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(2);
    /** What comes back so soon was never over: a full disk has room for a small change now and then. */
    private static final Duration CALM = EVERY.multipliedBy(3);

    /** Who is told how it goes. */
    interface Creditor {
        /** It was away for longer than the patience; told again with every try. */
        void away(DatabaseLost why);

        /** Everything is written. */
        void back();
    }

    private final Time time;
    private final Duration patience;
    private final Consumer<Runnable> aside;
    private final Creditor creditor;
    private final Map<Object, Runnable> owed = new LinkedHashMap<>();
    private @Nullable Instant since;
    private Instant paid = Instant.MIN;
    private Time.@Nullable Timer trying;
    private boolean closed;

    /**
     * Nothing is owed.
     *
     * @param patience how long the database may be away before anybody is told
     * @param aside runs things that may take time
     */
    Debts(Time time, Duration patience, Consumer<Runnable> aside, Creditor creditor) {
        this.time = new SteadyTime(time);
        this.patience = patience;
        this.aside = aside;
        this.creditor = creditor;
    }

    /**
     * Something could not be written down.
     *
     * @param of what it belongs to, such as the id of a job; what was owed for the same before is replaced
     * @param write does it, or throws {@link DatabaseLost} again
     */
    synchronized void owe(Object of, DatabaseLost why, Runnable write) {
        owed.put(of, write);
        if (trying != null || closed) {
            return;
        }
        Instant now = time.now();
        if (since == null || paid.isBefore(now.minus(CALM))) {
            LOG.log(Level.WARNING, why.getMessage());
            since = now;
        } else if (impatient()) {
            aside.accept(() -> creditor.away(why));
        }
        trying = time.every(EVERY, () -> aside.accept(this::pay));
    }

    /** Tries all of it; stops at the first that still cannot be written. */
    private void pay() {
        Map<Object, Runnable> due;
        synchronized (this) {
            due = new LinkedHashMap<>(owed);
        }
        for (Map.Entry<Object, Runnable> debt : due.entrySet()) {
            try {
                debt.getValue().run();
                paid(debt.getKey(), debt.getValue());
            } catch (DatabaseLost still) {
                if (impatient()) {
                    creditor.away(still);
                }
                return;
            }
        }
        creditor.back();
    }

    private synchronized void paid(Object of, Runnable write) {
        owed.remove(of, write);
        if (owed.isEmpty()) {
            paid = time.now();
            rest();
        }
    }

    private synchronized boolean impatient() {
        return since != null && !since.plus(patience).isAfter(time.now());
    }

    /** What is still owed is found by whoever opens the library next. */
    synchronized void close() {
        closed = true;
        rest();
    }

    private void rest() {
        if (trying != null) {
            trying.cancel();
            trying = null;
        }
    }
}
