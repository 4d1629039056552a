package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ToolLimits;
import dev.gaze.example.terminal.Answering;
import dev.gaze.example.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a language model on the terminal. It remembers a number of questions with all that belongs to their
 * answers; older ones are forgotten whole, so that no tool's result loses its call.
 */
final class Talk {
    private static final int REMEMBERED = 20;
    /** The limit of the whole stands in front of the library's own. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final Gaze gaze;
    private final List<ChatTool> tools;
    private final @Nullable String system;
    private final @Nullable String model;
    private final Duration atMost;
    private final Terminal terminal;
    private final Deque<List<ChatMessage>> remembered = new ArrayDeque<>();

    Talk(
            Gaze gaze,
            List<ChatTool> tools,
            @Nullable String system,
            @Nullable String model,
            Duration atMost,
            Terminal terminal) {
        this.gaze = gaze;
        this.tools = tools;
        this.system = system;
        this.model = model;
        this.atMost = atMost;
        this.terminal = terminal;
    }

    /** Asks and shows the answer as it comes. What fails is not remembered. */
    void ask(ChatMessage.User question) {
        List<ChatMessage> messages = new ArrayList<>();
        remembered.forEach(messages::addAll);
        messages.add(question);
        ChatRequest request = ChatRequest.of(messages)
                .withTools(tools)
                .withModel(model)
                .withToolLimits(ToolLimits.DEFAULT.withTotal(atMost.plus(BEHIND)));
        ChatReply reply = answer(system == null ? request : request.withSystem(system));

        List<ChatMessage> round = new ArrayList<>(List.of(question));
        round.addAll(reply.messages());
        remembered.addLast(round);
        if (remembered.size() > REMEMBERED) {
            remembered.removeFirst();
        }
    }

    private ChatReply answer(ChatRequest request) {
        ChatCall call = gaze.llm().stream(request, new Answering(terminal));
        try (OnExit stop = OnExit.call("cancel on exit", () -> {
            call.cancel(); // so that the model stops, too
            gaze.close();
        })) {
            return new TimeLimit(atMost).await(call::await, call::cancel);
        }
    }

    /** Forgets everything. */
    void reset() {
        remembered.clear();
    }
}
