package dev.gaze.api.writer;

import dev.gaze.api.writer.ConversationState.Said;
import java.util.List;
import java.util.function.Consumer;

/**
 * A prompt that is refined by talking about it (P21). The first message brings the instructions of its target (P52); a
 * message for another target begins anew (P53). The model is told the instructions and at most 20 messages behind them,
 * the first of which is the person's (P54).
 *
 * <p>One message at a time: another one while an answer is on its way is refused. A message that got no answer at all
 * leaves the conversation as it was, so that it may be sent again; an answer that broke off is kept as far as it came
 * (P57). Safe for use by several threads.
 */
public interface Conversation {

    /**
     * Its name, with which {@link PromptWriter#conversation(ConversationId)} finds it again.
     *
     * @return the id
     */
    ConversationId id();

    /**
     * What was said so far.
     *
     * @return the instructions first; empty before the first message and after a reset
     */
    List<Said> messages();

    /**
     * Says something and waits for the answer (P21).
     *
     * @param message what the person says, with presets and target if wanted
     * @return what the model answers
     * @throws dev.gaze.api.chat.ChatException "Please provide a message" when the text is blank; when there is no
     *     answer
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} while an answer is on its way
     */
    WrittenPrompt send(WriteRequest message);

    /**
     * Says something and waits for the answer.
     *
     * @param text what the person says
     * @return what the model answers
     * @throws dev.gaze.api.chat.ChatException as {@link #send(WriteRequest)}
     */
    default WrittenPrompt send(String text) {
        return send(WriteRequest.of(text));
    }

    /**
     * Says something and tells the answer piece by piece (P22).
     *
     * @param message what the person says
     * @param listener told every event in order, on one thread
     * @return a handle to stop it or to wait for its end
     * @throws dev.gaze.api.chat.ChatException "Please provide a message" when the text is blank
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} while an answer is on its way
     */
    WriterCall stream(WriteRequest message, Consumer<WriterEvent> listener);

    /**
     * Starts over (P23): the next message is the first one.
     *
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} while an answer is on its way
     */
    void reset();
}
