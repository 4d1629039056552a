package dev.gaze.llm.author;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.author.Author;
import dev.gaze.api.author.AuthorDesk;
import dev.gaze.api.author.WritingEvent;
import dev.gaze.api.author.Written;
import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.Problem;
import dev.gaze.llm.schema.SchemaCheck;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for an asset, shows it what is wrong with the answer, and asks again, until it is right or the rounds are
 * over. The form of the answer is asked for in words only: servers that are held to one do not let their model call tools.
 */
final class Rounds {
    private static final System.Logger LOG = System.getLogger(Rounds.class.getName());
    /** How often a model may answer without an object: one that cannot write JSON does not learn it by being asked. */
    static final int UNREAD = 3;

    /** What a model can mend in one go; it is told the rest in the next round. */
    private static final int MOST_TOLD = 30;
    /** How many characters of an answer the model is shown again. */
    private static final int MOST_REPEATED = 20_000;
    /** The limit of the request stands in front of this one. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final AuthorDesk desk;
    private final @Nullable String model;
    private final SchemaCheck schemas = new SchemaCheck();

    /**
     * Rounds at a desk.
     *
     * @param model the model that is asked; null for the usual one
     */
    Rounds(AuthorDesk desk, @Nullable String model) {
        this.desk = desk;
        this.model = model;
    }

    /** Asks until there is an asset or an end; told plainly without a listener, else piece by piece. */
    Written write(Assignment assignment, @Nullable Consumer<WritingEvent> listener) {
        schemas.require(
                "the guide of category '%s'".formatted(assignment.category().id()), assignment.schema());
        Set<Problem> warnings = new LinkedHashSet<>();
        ChatRequest request = ChatRequest.of(assignment.question())
                .withModel(model)
                .withSystem(assignment.instructions())
                .withTools(desk.tools().get());
        List<Problem> wrong = List.of();
        int unread = 0;
        for (int round = 1; ; round++) {
            ChatReply reply = listener == null
                    ? desk.llm().get().complete(request)
                    : ask(request, new WritingEvent.Round(round, wrong), listener);
            warnings.addAll(reply.warnings());
            Attempt attempt = attempt(assignment, reply);
            Written.Valid asset = asset(attempt, round, warnings);
            if (asset != null && attempt.wrong.isEmpty()) {
                return asset;
            }
            unread += attempt.read ? 0 : 1;
            if (round == Author.ROUNDS || unread == UNREAD) {
                return new Written.NeedsHuman(reply.text(), round, attempt.wrong, asset);
            }
            wrong = attempt.wrong;
            request = request.and(said(reply)).andUser(asked(wrong));
        }
    }

    private ChatReply ask(ChatRequest request, WritingEvent.Round round, Consumer<WritingEvent> listener) {
        tell(listener, round);
        ChatCall call = desk.llm().get().stream(request, event -> listener.accept(new WritingEvent.Told(event)));
        try {
            return call.await(request.toolLimits().total().plus(BEHIND));
        } finally {
            call.cancel(); // whoever was interrupted does not wait any more, so the model need not go on
        }
    }

    /** A listener that throws harms nobody but itself; the model's own events are guarded where they come from. */
    private static void tell(Consumer<WritingEvent> listener, WritingEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable theirs) {
            LOG.log(Level.WARNING, "A listener of an author failed; it is told the rest all the same", theirs);
        }
    }

    /**
     * What came of one round.
     *
     * @param read whether the answer held an object
     * @param draft what could be saved; null when nothing could
     * @param wrong what is wrong, with the draft too
     * @param notes what was changed
     */
    private record Attempt(boolean read, @Nullable Draft draft, List<Problem> wrong, List<Problem> notes) {
        static Attempt unread(Problem wrong) {
            return new Attempt(false, null, List.of(wrong), List.of());
        }
    }

    /** An asset to be. */
    private record Draft(String id, AssetData data) {}

    private Attempt attempt(Assignment assignment, ChatReply reply) {
        Optional<JsonObject> answer = AnswerObject.in(reply.text());
        if (answer.isEmpty()) {
            return Attempt.unread(unread(reply));
        }
        Review review = Review.of(
                answer.get(), assignment.schema(), schemas, desk.tags().get());
        List<Problem> wrong = new ArrayList<>(review.all());
        List<Problem> notes = new ArrayList<>(review.notes());
        String wanted = assignment.id(review.answer());
        if (desk.assets().category().slug(wanted).isEmpty()) {
            wrong.add(Problem.of("The id holds no letter and no digit")
                    .at(assignment.category().idKey())
                    .fix("write a short one of lower case letters, digits and _"));
            return new Attempt(true, null, wrong, notes);
        }
        String id = assignment.file() != null && Assignment.describesFiles(assignment.category())
                ? wanted
                : AssetId.free(wanted, desk.assets());
        if (!id.equals(wanted)) {
            notes.add(Problem.of("The id '%s' is taken; this one is '%s'".formatted(wanted, id)));
        }
        Draft draft = review.wrong().isEmpty() ? new Draft(id, assignment.asset(review.answer(), id)) : null;
        return new Attempt(true, draft, wrong, notes);
    }

    private static Problem unread(ChatReply reply) {
        if (reply.text().length() > AnswerObject.LONGEST) {
            return Problem.of("The answer has %d characters; an asset has a few hundred"
                            .formatted(reply.text().length()))
                    .fix("answer more briefly");
        }
        return reply.finish() == Finish.LENGTH
                ? Problem.of("The answer was cut off").fix("answer more briefly")
                : Problem.of("The answer holds no JSON object").fix("answer with the JSON object alone");
    }

    private Written.@Nullable Valid asset(Attempt attempt, int round, Set<Problem> warnings) {
        Draft draft = attempt.draft;
        if (draft == null) {
            return null;
        }
        List<Problem> notes = new ArrayList<>(warnings);
        notes.addAll(attempt.notes);
        return new Written.Valid(desk.assets(), draft.id, draft.data, round, notes);
    }

    /**
     * What the conversation grew by, the answer itself shortened where it is no asset by its mere length. Calls that were
     * never made are left out: no server takes them without results.
     */
    private static List<ChatMessage> said(ChatReply reply) {
        List<ChatMessage> said =
                new ArrayList<>(reply.messages().subList(0, reply.messages().size() - 1));
        String text = reply.text();
        if (!text.isBlank()) {
            said.add(new ChatMessage.Assistant(
                    text.length() <= MOST_REPEATED ? text : text.substring(0, MOST_REPEATED) + "…"));
        }
        return said;
    }

    private static String asked(List<Problem> wrong) {
        StringBuilder text = new StringBuilder("This cannot be saved yet:");
        for (Problem problem : wrong.subList(0, Math.min(wrong.size(), MOST_TOLD))) {
            text.append("\n- ");
            if (problem.where() != null) {
                text.append(problem.where()).append(": ");
            }
            text.append(problem.what());
            if (problem.fix() != null) {
                text.append("; ").append(problem.fix());
            }
        }
        return text.append("\nAnswer with the whole JSON object again, mended, and nothing else.")
                .toString();
    }
}
