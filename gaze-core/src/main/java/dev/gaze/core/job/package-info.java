/**
 * Jobs, from the request to a true answer. {@link dev.gaze.core.job.JobRunner} takes them in and hands them out in
 * order, a {@link dev.gaze.core.job.ServerWorker} for each server makes one after the other, and a
 * {@link dev.gaze.core.job.LiveJob} is what everybody looks at meanwhile.
 *
 * <p>Jobs live in memory here: {@link dev.gaze.core.job.JobShelf} is the one place that remembers them, and the place
 * where a durable store goes.
 *
 * <p>Locks: the queue's before a job's, never the other way round, and none is held while foreign code runs.
 */
@NullMarked
package dev.gaze.core.job;

import org.jspecify.annotations.NullMarked;
