package dev.gaze.core.ledger;

import dev.gaze.api.backend.BackendId;
import java.time.Instant;

/**
 * That a server works on a job.
 *
 * @param backend the server
 * @param at when it gave the first sign of that
 */
public record Start(BackendId backend, Instant at) {}
