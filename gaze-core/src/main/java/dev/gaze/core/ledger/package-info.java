/**
 * The durable record of jobs: their tables, and every change to them as one transaction. It knows no servers, threads or
 * listeners. {@link dev.gaze.core.ledger.Ledger} is its door; values of the API are kept as JSON, by
 * {@link dev.gaze.core.ledger.RecordJson}.
 *
 * <p>Locks of the database are taken in one order: the row of {@code job_queue}, which gives events their numbers, before
 * the row of a job, before anything else.
 */
@NullMarked
package dev.gaze.core.ledger;

import org.jspecify.annotations.NullMarked;
