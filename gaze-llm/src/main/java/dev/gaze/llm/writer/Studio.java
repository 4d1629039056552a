package dev.gaze.llm.writer;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.history.History;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.SteadyTime;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.time.Time;
import dev.gaze.api.writer.ConversationStore;
import dev.gaze.api.writer.RateLimit;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WriterOptions;
import dev.gaze.api.writer.WrittenPrompt;
import dev.gaze.api.writer.WrittenPrompt.Option;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all prompts of a writer share: who writes, by which instructions, where it is kept. */
final class Studio {
    private static final System.Logger LOG = System.getLogger(Studio.class.getName());

    private final Llm llm;
    private final Targets targets;
    private final MessageLayout layout;
    private final ConversationStore conversations;
    private final Time time;
    private final @Nullable History history;
    private final @Nullable RateLimiter limiter;
    private final int longest;

    Studio(WriterOptions options) {
        llm = options.llm();
        targets = new Targets(options.targets(), options.instructions());
        layout = new MessageLayout(options.presets());
        conversations = options.conversations() == null ? new MemoryConversations() : options.conversations();
        history = options.history();
        time = options.time() == null ? new SystemTime() : options.time(); // whose timer thread is never started here
        longest = options.longest();
        RateLimit limit = options.rateLimit();
        limiter = limit == null ? null : new RateLimiter(limit, new SteadyTime(time)::now);
    }

    Llm llm() {
        return llm;
    }

    Targets targets() {
        return targets;
    }

    MessageLayout layout() {
        return layout;
    }

    ConversationStore conversations() {
        return conversations;
    }

    Time time() {
        return time;
    }

    /** Counts a prompt against the rate limit, if there is one. */
    void count() {
        if (limiter != null) {
            limiter.count();
        }
    }

    /** What a model said, read and written down. */
    WrittenPrompt written(
            ChatReply reply,
            String target,
            WriteRequest request,
            HistoryMode mode,
            @Nullable HistoryId parent,
            List<Problem> warnings) {
        if (reply.text().isBlank()) {
            throw new ChatException(
                    ChatError.BAD_ANSWER,
                    Problem.of("The model answered without a word")
                            .at(reply.model())
                            .fix("ask again, or use another model"));
        }
        if (reply.finish() == ChatReply.Finish.LENGTH || reply.finish() == ChatReply.Finish.FILTERED) {
            warnings.add(Problem.of("The answer is not whole: "
                            + (reply.finish() == ChatReply.Finish.LENGTH
                                    ? "the model reached its limit of tokens"
                                    : "the server held something back"))
                    .at(reply.model())
                    .fix("ask again, or use another model"));
        }
        List<Option> options = PromptReader.read(reply.text());
        HistoryId entry =
                note(reply.text(), options.get(0).negative(), target, request, reply.model(), mode, parent, warnings);
        return new WrittenPrompt(reply.text(), options, target, reply.model(), entry, warnings);
    }

    /** Null when there is no history, or it refused; a prompt is worth more than its place in it (P39). */
    @Nullable
    HistoryId note(
            String answer,
            String negative,
            String target,
            WriteRequest request,
            @Nullable String model,
            HistoryMode mode,
            @Nullable HistoryId parent,
            List<Problem> warnings) {
        if (history == null) {
            return null;
        }
        HistoryNote note = HistoryNote.of(mode, request.text(), answer, target)
                .negative(negative)
                .writtenBy(model)
                .presets(request.presets().toJson())
                .request(JsonObject.of("target", request.target(), "model", request.model()))
                .parent(parent);
        try {
            return history.add(note).orElse(null);
        } catch (RuntimeException failure) { // our own never throws; one of somebody's own may
            LOG.log(Level.WARNING, "A prompt could not be written into the history; the DEBUG log says why");
            LOG.log(Level.DEBUG, "The history refused", failure);
            warnings.add(Problem.of("The prompt could not be written into the history")
                    .fix("the log says why"));
            return null;
        }
    }

    /** Somebody has to say something, and not a whole book (P74). */
    void requireText(WriteRequest request, String what) {
        if (request.text().isEmpty()) {
            throw new ChatException(ChatError.BAD_REQUEST, Problem.of("Please provide a " + what));
        }
        requireShort(request);
    }

    void requireShort(WriteRequest request) {
        if (request.text().length() > longest) {
            throw new ChatException(
                    ChatError.BAD_REQUEST,
                    Problem.of("The text has %,d characters; %,d are the most"
                                    .formatted(request.text().length(), longest))
                            .fix("say it in fewer words"));
        }
    }
}
