/**
 * Jobs, from the request to a true answer. {@link dev.gaze.core.job.Intake} writes requests down in the ledger,
 * {@link dev.gaze.core.job.Claims} claims them through db-scheduler and gives each a thread, and on that thread a
 * {@link dev.gaze.core.job.Turn} waits for a place in the fleet, sends the job, follows it and files its images. What
 * others see is asked of the ledger: {@link dev.gaze.core.job.DurableJobs}, {@link dev.gaze.core.job.JobHandle} and
 * {@link dev.gaze.core.job.Listening}.
 *
 * <p>Every step is written down before it is taken, so that whoever finds the job after a crash knows what may have
 * happened: the prompt id before the POST, the file names before the first byte, the end once and for good.
 *
 * <p>Locks: the fleet's is held while servers are chosen and calls nothing but the rule of placement and what was judged
 * before; none is held while a server, the database or foreign code is called.
 */
@NullMarked
package dev.gaze.core.job;

import org.jspecify.annotations.NullMarked;
