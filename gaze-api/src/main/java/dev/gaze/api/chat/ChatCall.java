package dev.gaze.api.chat;

import java.time.Duration;

/** An answer that is on its way. Safe for use by several threads. */
public interface ChatCall {

    /**
     * Ends it: the connection is closed, tools that run are interrupted, and the last event is
     * {@link ChatEvent.Failed} with {@link ChatError#CANCELLED}. Returns at once; does nothing when the call has ended.
     */
    void cancel();

    /**
     * Whether it has ended, well or not.
     *
     * @return true once the last event has been told
     */
    boolean ended();

    /**
     * Waits for the answer.
     *
     * @param limit how long at most
     * @return the answer
     * @throws ChatException when there is none
     * @throws dev.gaze.api.problem.GazeException {@code TIMEOUT} when the limit passes, {@code CANCELLED} when the
     *     waiting thread is interrupted; the call goes on in both cases
     */
    ChatReply await(Duration limit);
}
