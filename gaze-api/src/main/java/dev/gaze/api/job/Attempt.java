package dev.gaze.api.job;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One time that a job was sent to a server. Written down before it is sent, so that a crash never loses a prompt.
 *
 * @param number counts from 1
 * @param backend the server
 * @param prompt the id of the prompt there, ours
 * @param workflow what was sent
 * @param sent when it was written down
 * @param ended when it ended; null while it has not
 * @param problem why it did not lead to an image; null while it runs, and when it did
 */
public record Attempt(
        int number,
        BackendId backend,
        UUID prompt,
        Workflow workflow,
        Instant sent,
        @Nullable Instant ended,
        @Nullable Problem problem) {

    /** Checks that nothing is missing. */
    public Attempt {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(sent, "sent");
        if (number < 1) {
            throw new IllegalArgumentException("Attempts count from 1, got " + number);
        }
    }

    /** {@code 2 on http://127.0.0.1:8188: the server no longer knows it}, without the workflow. */
    @Override
    public String toString() {
        return number + " on " + backend + (problem != null ? ": " + problem.what() : ended == null ? "" : ": made it");
    }
}
