package dev.gaze.api.writer;

import dev.gaze.api.problem.GazeException;

/** What became of one of many requests (P69). */
public sealed interface WriteOutcome {

    /**
     * What was asked.
     *
     * @return the request
     */
    WriteRequest request();

    /**
     * It was written.
     *
     * @param request what was asked
     * @param prompt what was written
     */
    record Written(WriteRequest request, WrittenPrompt prompt) implements WriteOutcome {}

    /**
     * It was not; the others went on.
     *
     * @param request what was asked
     * @param failure why, and what to do
     */
    record Failed(WriteRequest request, GazeException failure) implements WriteOutcome {}
}
