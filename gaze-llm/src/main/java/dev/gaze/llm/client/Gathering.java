package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers the pieces of one answer, and tells them on as they come. */
final class Gathering {
    private final String asked;
    private final StringBuilder text = new StringBuilder();
    private final CallParts calls = new CallParts();
    private final ThinkTags tags;
    private final Consumer<ChatEvent> listener;
    private boolean thought;
    private ChatUsage usage = ChatUsage.UNKNOWN;
    private @Nullable String model;
    private @Nullable Finish finish;
    private boolean whole;
    private boolean ended;
    private int unreadable;

    Gathering(String asked, Consumer<ChatEvent> listener) {
        this.asked = asked;
        this.listener = listener;
        tags = new ThinkTags(this::think, this::say);
    }

    // What a dialect finds in a piece --------------------------------------------------------------------------------

    void words(String piece) {
        tags.accept(piece);
    }

    void thoughts(String piece) {
        if (!piece.isEmpty()) {
            think(piece);
        }
    }

    void call(int index, String id, String name, String arguments) {
        calls.add(index, id, name, arguments);
    }

    void usage(ChatUsage told) {
        usage = told;
    }

    void model(String name) {
        model = name;
    }

    void finish(Finish why) {
        finish = why;
    }

    /** The piece is the whole answer: it is complete though nothing says that it has ended. */
    void whole() {
        whole = true;
    }

    /** The server says that nothing comes any more. */
    void end() {
        ended = true;
    }

    /** A line that cannot be read: left out, and told in a warning. */
    void unreadable() {
        unreadable++;
    }

    // What became of it ----------------------------------------------------------------------------------------------

    boolean ended() {
        return ended;
    }

    /** Whether any of the answer has come; asking again would say it twice. */
    boolean begun() {
        return !text.isEmpty() || thought || !calls.isEmpty();
    }

    String partial() {
        return text.toString();
    }

    Answer answer() throws Trouble {
        tags.end();
        if (!ended && !whole && finish == null) {
            throw begun()
                    ? Trouble.badAnswer("The answer was cut short", "try again; look at the log of the server")
                    : Trouble.badAnswer("The server sent no answer", "check the address, and the log of the server");
        }
        if (calls.tooMany()) {
            throw Trouble.badAnswer(
                    "The model called more than %d tools in one answer".formatted(CallParts.MOST),
                    "try again, or use another model");
        }
        List<ToolCall> asks = calls.calls();
        if (text.toString().isBlank() && asks.isEmpty()) {
            throw empty();
        }
        List<Problem> warnings = new ArrayList<>();
        if (unreadable > 0) {
            warnings.add(Problem.of("%d line%s of the answer could not be read and %s left out"
                    .formatted(unreadable, unreadable == 1 ? "" : "s", unreadable == 1 ? "was" : "were")));
        }
        return new Answer(
                text.toString(),
                asks,
                usage,
                model == null || model.isBlank() ? asked : model,
                finish == null ? Finish.UNKNOWN : finish,
                warnings);
    }

    private Trouble empty() {
        if (finish == Finish.LENGTH) {
            return Trouble.badAnswer(
                    "The model used up its tokens before it said anything",
                    "allow it more tokens, or turn its thinking off");
        }
        if (finish == Finish.FILTERED) {
            return Trouble.badAnswer("The server held the whole answer back by its own rules", "ask differently");
        }
        return Trouble.badAnswer("The answer has no text", "try again, or use another model");
    }

    private void say(String piece) {
        text.append(piece);
        listener.accept(new ChatEvent.Token(piece));
    }

    private void think(String piece) {
        thought = true;
        listener.accept(new ChatEvent.Thought(piece));
    }
}
