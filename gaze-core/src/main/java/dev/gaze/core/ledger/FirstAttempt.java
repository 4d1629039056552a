package dev.gaze.core.ledger;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.workflow.Workflow;
import java.util.UUID;

/**
 * An attempt that is written down together with its job.
 *
 * @param backend the server that has a place for it
 * @param prompt under which it will be sent
 * @param workflow what will be sent
 */
public record FirstAttempt(BackendId backend, UUID prompt, Workflow workflow) {}
