package dev.gaze.core.job;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import dev.gaze.core.store.DatabaseLost;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether db-scheduler can work with the database. When it cannot, it tries again for ever and tells nobody, so those who
 * wait would wait for ever too: every error it meets counts as owed, until none came since the last look.
 */
final class ClaimWatch extends AbstractSchedulerListener {
    private final DatabaseLost why;
    private final Debts debts;
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * All is well so far.
     *
     * @param why what those are told who wait in vain
     */
    ClaimWatch(DatabaseLost why, Debts debts) {
        this.why = why;
        this.debts = debts;
    }

    @Override
    public void onSchedulerEvent(SchedulerEventType event) {
        if (event == SchedulerEventType.UNEXPECTED_ERROR) {
            failed.set(true);
            debts.owe(this, why, this::requireNoError);
        }
    }

    private void requireNoError() {
        if (failed.getAndSet(false)) {
            throw why;
        }
    }
}
