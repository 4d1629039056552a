package dev.gaze.core.job;

import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.fleet.Place;
import dev.gaze.core.ledger.FirstAttempt;
import java.util.UUID;

/**
 * A place that a job was given while it was handed in, as a server stood idle. Its first attempt is written down together
 * with the job, so that it can be sent after a single commit.
 *
 * @param place to be closed by whoever has it
 * @param server where the place is
 * @param prompt under which the job is sent
 * @param workflow what is sent
 */
record HeadStart(Place place, KnownServer server, UUID prompt, Workflow workflow) implements AutoCloseable {

    FirstAttempt attempt() {
        return new FirstAttempt(server.id(), prompt, workflow);
    }

    /** Gives the place back, unused. */
    @Override
    public void close() {
        place.close();
    }
}
