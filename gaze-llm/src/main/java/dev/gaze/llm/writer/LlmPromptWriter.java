package dev.gaze.llm.writer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.Conversation;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.PromptTarget;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.WriteOutcome;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WriterOptions;
import dev.gaze.api.writer.WrittenPrompt;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes prompts with a language model, in one go; conversations are begun here. */
final class LlmPromptWriter implements PromptWriter {
    private static final String DESCRIBE = "Look at this picture and write the prompt that would make it.";

    private final Studio studio;
    private final RandomGenerator random;
    private final Cache<Asked, Known> answers;

    /** One handle for each conversation that somebody holds, so that its messages take turns. */
    private final Cache<ConversationId, StoredConversation> handles =
            Caffeine.newBuilder().weakValues().build();

    /**
     * What an answer depends on.
     *
     * @param message what the model is told
     */
    private record Asked(
            String target,
            String instructions,
            String message,
            @Nullable String model) {}

    /**
     * An answer that is there already.
     *
     * @param parent whose child its entry in the history is; null for none
     */
    private record Known(WrittenPrompt written, @Nullable HistoryId parent) {}

    LlmPromptWriter(WriterOptions options) {
        studio = new Studio(options);
        random = options.random() == null ? new SecureRandom() : options.random();
        answers = Caffeine.newBuilder()
                .maximumSize(options.cached())
                .executor(Runnable::run) // small caches do their housekeeping where they are used
                .build();
    }

    @Override
    public List<PromptTarget> targets() {
        return studio.targets().all();
    }

    // One go ---------------------------------------------------------------------------------------------------------

    /** A question of one request, as it stands at this moment. */
    private final class OneShot implements Asking.Question {
        private final WriteRequest request;
        private final PromptTarget target;
        private final List<Problem> warnings = new ArrayList<>();
        private final Asked asked;
        private final List<ChatImage> images;

        OneShot(WriteRequest request, String text, List<ChatImage> images) {
            this.request = request;
            this.images = images;
            target = studio.targets().find(request.target(), warnings::add);
            String instructions = studio.targets().oneShot(target, warnings::add);
            String message = studio.layout().oneShot(text, request.presets(), warnings::add);
            asked = new Asked(target.id(), instructions, message, request.model());
        }

        /** The same answer under another parent is another entry in the history. */
        @Nullable
        WrittenPrompt known() {
            Known known = images.isEmpty() ? answers.getIfPresent(asked) : null;
            if (known == null) {
                return null;
            }
            WrittenPrompt written = known.written;
            return Objects.equals(known.parent, request.parent()) ? written : keep(noted(written));
        }

        private WrittenPrompt noted(WrittenPrompt written) {
            List<Problem> all = new ArrayList<>(written.warnings());
            HistoryId entry = studio.note(
                    written.text(),
                    written.options().get(0).negative(),
                    target.id(),
                    request,
                    written.model(),
                    HistoryMode.ONESHOT,
                    request.parent(),
                    all);
            return new WrittenPrompt(written.text(), written.options(), written.target(), written.model(), entry, all);
        }

        private WrittenPrompt keep(WrittenPrompt written) {
            if (images.isEmpty()) {
                answers.put(asked, new Known(written, request.parent()));
            }
            return written;
        }

        @Override
        public ChatRequest request() {
            return ChatRequest.of(List.of(new ChatMessage.User(asked.message, images)))
                    .withSystem(asked.instructions)
                    .withModel(asked.model);
        }

        @Override
        public WrittenPrompt answered(ChatReply reply) {
            warnings.addAll(reply.warnings());
            WrittenPrompt written =
                    studio.written(reply, target.id(), request, HistoryMode.ONESHOT, request.parent(), warnings);
            boolean cut = reply.finish() == ChatReply.Finish.LENGTH || reply.finish() == ChatReply.Finish.FILTERED;
            return cut ? written : keep(written);
        }
    }

    @Override
    public WrittenPrompt write(WriteRequest request) {
        studio.requireText(request, "description");
        OneShot question = new OneShot(request, request.text(), List.of());
        WrittenPrompt known = question.known();
        if (known != null) {
            return known;
        }
        studio.count();
        return Asking.plainly(studio.llm(), question);
    }

    @Override
    public WriterCall stream(WriteRequest request, Consumer<WriterEvent> listener) {
        studio.requireText(request, "description");
        OneShot question = new OneShot(request, request.text(), List.of());
        WrittenPrompt known = question.known();
        if (known != null) {
            return Asking.known(known, listener);
        }
        studio.count();
        return Asking.streaming(studio.llm(), question, listener);
    }

    @Override
    public List<WriteOutcome> writeAll(List<WriteRequest> requests, int atOnce, Consumer<WriteOutcome> each) {
        return new ManyPrompts(this::write, requests, each).write(atOnce);
    }

    @Override
    public WrittenPrompt describe(ChatImage image, WriteRequest request) {
        OneShot question = looking(image, request);
        studio.count();
        return Asking.plainly(studio.llm(), question);
    }

    @Override
    public WriterCall describe(ChatImage image, WriteRequest request, Consumer<WriterEvent> listener) {
        OneShot question = looking(image, request);
        studio.count();
        return Asking.streaming(studio.llm(), question, listener);
    }

    private OneShot looking(ChatImage image, WriteRequest request) {
        studio.requireShort(request);
        boolean wished = !request.text().isEmpty();
        WriteRequest asked = wished
                ? request
                : new WriteRequest(DESCRIBE, request.target(), request.presets(), request.model(), request.parent());
        return new OneShot(asked, wished ? DESCRIBE + "\n\n" + request.text() : DESCRIBE, List.of(image));
    }

    // Conversations --------------------------------------------------------------------------------------------------

    @Override
    public Conversation conversation() {
        return conversation(ConversationId.draw(random));
    }

    @Override
    public Conversation conversation(ConversationId id) {
        return handles.get(id, known -> new StoredConversation(known, studio));
    }
}
