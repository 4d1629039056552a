package dev.gaze.llm.writer;

import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.Conversation;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.ConversationState;
import dev.gaze.api.writer.ConversationState.Said;
import dev.gaze.api.writer.ConversationState.Speaker;
import dev.gaze.api.writer.PromptTarget;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A conversation that is read from its store with every message, so that several processes may go on with it. */
final class StoredConversation implements Conversation {
    private static final System.Logger LOG = System.getLogger(StoredConversation.class.getName());

    private final ConversationId id;
    private final Studio studio;

    /** Held from a message to the end of its answer; a stream ends on another thread than it began. */
    private final Semaphore turn = new Semaphore(1);

    StoredConversation(ConversationId id, Studio studio) {
        this.id = id;
        this.studio = studio;
    }

    @Override
    public ConversationId id() {
        return id;
    }

    @Override
    public List<Said> messages() {
        return studio.conversations().find(id).map(ConversationState::messages).orElse(List.of());
    }

    @Override
    public WrittenPrompt send(WriteRequest message) {
        return Asking.plainly(studio.llm(), begin(message));
    }

    @Override
    public WriterCall stream(WriteRequest message, Consumer<WriterEvent> listener) {
        return Asking.streaming(studio.llm(), begin(message), listener);
    }

    @Override
    public void reset() {
        take();
        try {
            studio.conversations().delete(id);
        } finally {
            turn.release();
        }
    }

    private Message begin(WriteRequest message) {
        studio.requireText(message, "message");
        take();
        try {
            Message begun = new Message(message);
            studio.count();
            return begun;
        } catch (RuntimeException failure) {
            turn.release();
            throw failure;
        }
    }

    private void take() {
        if (!turn.tryAcquire()) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("This conversation still waits for an answer")
                            .at("conversation " + id)
                            .fix("wait for it, or cancel it"));
        }
    }

    /** One message, and what was said before it. */
    private final class Message implements Asking.Question {
        private final WriteRequest request;
        private final PromptTarget target;
        private final @Nullable HistoryId parent;
        private final List<Said> said;
        private final List<Problem> warnings = new ArrayList<>();

        Message(WriteRequest request) {
            this.request = request;
            Optional<ConversationState> before = studio.conversations().find(id);
            String wanted = request.target() == null
                    ? before.map(ConversationState::target).orElse(null)
                    : request.target();
            target = studio.targets().find(wanted, warnings::add);
            Optional<ConversationState> goesOn =
                    before.filter(state -> state.target().equals(target.id()));
            parent = request.parent() == null
                    ? goesOn.map(ConversationState::written).orElse(null)
                    : request.parent();
            List<Said> all = new ArrayList<>(goesOn.map(ConversationState::messages)
                    .orElseGet(() ->
                            List.of(new Said(Speaker.SYSTEM, studio.targets().chat(target, warnings::add)))));
            all.add(new Said(Speaker.USER, studio.layout().chat(request.text(), request.presets(), warnings::add)));
            said = Trimming.trim(all);
        }

        @Override
        public ChatRequest request() {
            return ChatRequest.of(said.stream().map(StoredConversation::message).toList())
                    .withModel(request.model());
        }

        @Override
        public WrittenPrompt answered(ChatReply reply) {
            warnings.addAll(reply.warnings());
            WrittenPrompt written = studio.written(reply, target.id(), request, HistoryMode.CHAT, parent, warnings);
            keep(reply.text(), written.entry());
            return new WrittenPrompt(
                    written.text(), written.options(), written.target(), written.model(), written.entry(), warnings);
        }

        /** What arrived is kept, though the stream broke; a message without any answer was never said. */
        @Override
        public void broke(ChatException failure) {
            String partial = failure.partial();
            if (!partial.isBlank()) {
                HistoryId entry = studio.note(
                        partial, "", target.id(), request, request.model(), HistoryMode.CHAT, parent, warnings);
                keep(partial, entry);
            }
        }

        @Override
        public void over() {
            turn.release();
        }

        private void keep(String answer, @Nullable HistoryId entry) {
            List<Said> all = new ArrayList<>(said);
            all.add(new Said(Speaker.ASSISTANT, answer));
            try {
                studio.conversations()
                        .save(new ConversationState(
                                id,
                                target.id(),
                                Trimming.trim(all),
                                entry == null ? parent : entry,
                                studio.time().now()));
            } catch (RuntimeException failure) { // the answer is worth more than its place in the conversation
                LOG.log(Level.WARNING, "A conversation could not be kept; the DEBUG log says why");
                LOG.log(Level.DEBUG, "The store of conversations refused", failure);
                warnings.add(Problem.of("The conversation could not be kept, so it goes on from the message before")
                        .fix("the log says why"));
            }
        }
    }

    private static ChatMessage message(Said said) {
        return switch (said.by()) {
            case SYSTEM -> new ChatMessage.System(said.text());
            case USER -> new ChatMessage.User(said.text());
            case ASSISTANT -> new ChatMessage.Assistant(said.text());
        };
    }

    /** The name, without a word of what was said. */
    @Override
    public String toString() {
        return "Conversation " + id;
    }
}
