package dev.gaze.api.writer;

import java.time.Duration;

/** A prompt that is being written. Safe for use by several threads. */
public interface WriterCall {

    /** Stops it; the last event is then a {@link WriterEvent.Failed}. Returns at once; does nothing when it has ended. */
    void cancel();

    /**
     * Whether it has ended, well or not.
     *
     * @return true once the last event has been told
     */
    boolean ended();

    /**
     * Waits for the prompt.
     *
     * @param limit how long at most
     * @return the prompt
     * @throws dev.gaze.api.chat.ChatException when there is none
     * @throws dev.gaze.api.problem.GazeException {@code TIMEOUT} when the limit passes, {@code CANCELLED} when the
     *     waiting thread is interrupted; it is written all the same
     */
    WrittenPrompt await(Duration limit);
}
