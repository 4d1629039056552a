package dev.gaze.api.writer;

import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.Llm;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has prompts written by a language model.
 *
 * <pre>{@code
 * PromptWriter writer = gaze.writer().build();
 * WrittenPrompt written = writer.write(WriteRequest.of("a lighthouse").target("sdxl"));
 * gaze.generate(request -> request.plus(Wildcards.literal(written.prompt()))
 *         .negative(Wildcards.literal(written.negative())));
 * }</pre>
 *
 * <p>{@link dev.gaze.api.template.Wildcards#literal} keeps a brace that the model wrote from being read as a template.
 *
 * <p>What goes wrong is a {@link dev.gaze.api.chat.ChatException} with one of its closed list of errors. Safe for use by
 * several threads.
 */
public interface PromptWriter {

    /**
     * Begins to set a writer up.
     *
     * @param llm who writes
     * @return a builder with nothing but the model
     */
    static PromptWriterBuilder builder(Llm llm) {
        return new PromptWriterBuilder(llm);
    }

    /**
     * What prompts can be written for.
     *
     * @return {@code flux}, {@code sdxl}, and what was registered besides
     */
    List<PromptTarget> targets();

    /**
     * Writes one prompt (P19).
     *
     * @param request what from
     * @return the prompt
     * @throws dev.gaze.api.chat.ChatException "Please provide a description" when the text is blank; when there is no
     *     answer
     */
    WrittenPrompt write(WriteRequest request);

    /**
     * Writes one prompt and tells it piece by piece (P20). It is the same call as {@link #write} (P62).
     *
     * @param request what from
     * @param listener told every event in order, on one thread
     * @return a handle to stop it or to wait for its end
     * @throws dev.gaze.api.chat.ChatException "Please provide a description" when the text is blank
     */
    WriterCall stream(WriteRequest request, Consumer<WriterEvent> listener);

    /**
     * Writes many prompts, one behind the other; each may fail alone (P69). Stops early, with the rest failed as
     * cancelled, when the calling thread is interrupted.
     *
     * @param requests what from
     * @return an outcome for each, in their order
     */
    default List<WriteOutcome> writeAll(List<WriteRequest> requests) {
        return writeAll(requests, 1, outcome -> {});
    }

    /**
     * Writes many prompts, several at once (P69), as a server far away likes it; one on this machine usually answers one
     * behind the other anyway. Else as {@link #writeAll(List)}.
     *
     * @param requests what from
     * @param atOnce how many at once at most, 1 … 64
     * @param each told every outcome as soon as it is there, one at a time, on any thread
     * @return an outcome for each, in the order of the requests
     */
    List<WriteOutcome> writeAll(List<WriteRequest> requests, int atOnce, Consumer<WriteOutcome> each);

    /**
     * Describes a picture as a prompt, with a model that can see (P68).
     *
     * @param image the picture
     * @param request what to look for, which may be blank, and the target and model
     * @return the description
     * @throws dev.gaze.api.chat.ChatException when there is no answer
     */
    WrittenPrompt describe(ChatImage image, WriteRequest request);

    /**
     * Describes a picture as a prompt and tells it piece by piece. It is the same call as
     * {@link #describe(ChatImage, WriteRequest)}.
     *
     * @param image the picture
     * @param request as there
     * @param listener told every event in order, on one thread
     * @return a handle to stop it or to wait for its end
     */
    WriterCall describe(ChatImage image, WriteRequest request, Consumer<WriterEvent> listener);

    /**
     * Begins a conversation.
     *
     * @return one in which nothing has been said
     */
    Conversation conversation();

    /**
     * Goes on with a conversation.
     *
     * @param id its name
     * @return the conversation; nothing has been said in it when it was idle for too long
     */
    Conversation conversation(ConversationId id);
}
