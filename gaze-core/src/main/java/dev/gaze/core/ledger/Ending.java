package dev.gaze.core.ledger;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** How a job ended. */
public sealed interface Ending {

    /** The state a job ends in. */
    JobState state();

    /** What is told of it. */
    JobEvent event(JobId job);

    /**
     * Its images are on disk.
     *
     * @param request what was asked for
     * @param result what was made
     */
    record Done(GenerationRequest request, JobResult result) implements Ending {
        @Override
        public JobState state() {
            return JobState.DONE;
        }

        @Override
        public JobEvent event(JobId job) {
            return new JobEvent.Done(job, result.images());
        }
    }

    /** It could not be made. */
    record Failed(GazeException reason) implements Ending {
        @Override
        public JobState state() {
            return JobState.FAILED;
        }

        @Override
        public JobEvent event(JobId job) {
            return new JobEvent.Failed(job, problem());
        }

        /** All problems as one, for those who show a single line. */
        public Problem problem() {
            List<Problem> problems = reason.problems();
            if (problems.size() == 1) {
                return problems.get(0);
            }
            return new Problem(
                    problems.stream().map(Problem::what).distinct().collect(Collectors.joining("; ")),
                    together(problems.stream().map(Problem::where).toList()),
                    together(problems.stream().map(Problem::fix).toList()));
        }

        private static String together(List<String> texts) {
            return texts.stream().filter(text -> text != null).distinct().collect(Collectors.joining("; "));
        }
    }

    /** Somebody stopped it; {@code why} says who. */
    record Cancelled(Problem why) implements Ending {
        @Override
        public JobState state() {
            return JobState.CANCELLED;
        }

        @Override
        public JobEvent event(JobId job) {
            return new JobEvent.Cancelled(job);
        }
    }

    /** The result, or a new exception with the stack of whoever asks. */
    default JobResult resultOrThrow() {
        if (this instanceof Done done) {
            return done.result;
        }
        if (this instanceof Failed failed) {
            GazeException reason = failed.reason;
            throw new GazeException(reason.kind(), null, reason.problems(), reason);
        }
        throw new GazeException(Kind.CANCELLED, ((Cancelled) this).why);
    }
}
