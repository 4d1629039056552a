package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeskTest extends JobTesting {

    private Desk desk(Executor errands) {
        Ledger ledger = new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE);
        Fleet fleet = new Fleet(time, LONG, wire);
        Servers servers = new Servers(fleet);
        Workshop workshop = workshop();
        return new Desk(
                JobLimits.DEFAULT,
                ledger,
                fleet,
                servers,
                new Wiring(workshop.wirer(), servers::all),
                workshop,
                new News(ledger),
                new Waiters(ledger, time),
                new Fresh(),
                errands,
                Runnable::run,
                new Leftovers(time, Runnable::run, false, server -> false),
                () -> false);
    }

    @Test
    void an_errand_that_fails_or_for_which_no_thread_can_be_made_harms_nobody() {
        AtomicBoolean run = new AtomicBoolean();

        desk(work -> {
                    throw new InternalError("unable to create native thread");
                })
                .aside(() -> run.set(true));
        assertThat(run).isFalse();
        desk(Runnable::run).aside(() -> {
            run.set(true);
            throw new InternalError("unable to create native thread");
        });
        assertThat(run).isTrue();
    }
}
