package dev.gaze.api.chat;

import java.util.function.Consumer;

/**
 * A language model server. Safe for use by several threads; opens nothing until it is used.
 *
 * <pre>{@code
 * ChatReply reply = llm.complete(ChatRequest.of("Describe a lighthouse in one sentence."));
 * }</pre>
 *
 * <p>Plain and streamed answers take the same way (P62): the same limits, the same tools, the same errors. What failed in
 * a way that may pass (a server that restarts, too many requests) is asked again, but never after the first piece of an
 * answer has come.
 */
public interface Llm extends AutoCloseable {

    /**
     * Asks the server which models it has.
     *
     * @return their names, and the one used when a request names none
     * @throws ChatException when it does not say
     */
    ChatModels models();

    /**
     * Asks, runs the tools the model calls, and waits for its answer on the calling thread (G49, G50). Interrupting that
     * thread cancels it.
     *
     * @param request what is asked
     * @return the answer
     * @throws ChatException when there is none
     */
    ChatReply complete(ChatRequest request);

    /**
     * Asks, and tells the answer piece by piece (P20, P56).
     *
     * @param request what is asked
     * @param listener told every event in order, on a thread of the call's own: a slow one slows the answer down, and
     *     no time limit runs meanwhile. One that throws is logged and told the next event all the same.
     * @return a handle to cancel it or to wait for its end
     * @throws ChatException {@link ChatError#BAD_REQUEST} at once when the request cannot be sent; everything that
     *     happens later is told as an event
     */
    ChatCall stream(ChatRequest request, Consumer<ChatEvent> listener);

    /** Cancels what is under way and ends all threads and connections. May be called more than once. */
    @Override
    void close();
}
