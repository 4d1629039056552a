package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import dev.gaze.llm.client.Answer;
import dev.gaze.llm.client.Cancellation;
import dev.gaze.llm.client.Concessions;
import dev.gaze.llm.client.Question;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One request on its way to its reply, turn by turn. Runs once, on a thread of its own. */
final class Conversation implements ChatCall, Runnable {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final ChatRequest request;
    private final boolean stream;
    private final Consumer<ChatEvent> listener;
    private final Surroundings around;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<ChatReply> end = new CompletableFuture<>();
    private final Concessions spared = new Concessions();
    private final List<ChatMessage> added = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private ChatUsage usage = ChatUsage.UNKNOWN;

    Conversation(ChatRequest request, boolean stream, Consumer<ChatEvent> listener, Surroundings around) {
        this.request = request;
        this.stream = stream;
        this.listener = listener;
        this.around = around;
    }

    void onEnd(Runnable action) {
        end.whenComplete((reply, failure) -> action.run());
    }

    @Override
    public void run() {
        ChatReply reply;
        try {
            reply = converse();
        } catch (ChatException failure) {
            fail(failure);
            return;
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "A conversation with a language model failed", fault);
            fail(new ChatException(
                    ChatError.UNEXPECTED,
                    Problem.of("A fault within GAZE or a plugin: "
                                    + fault.getClass().getSimpleName())
                            .at(around.settings().place())
                            .fix("look at the log"),
                    "",
                    fault));
            return;
        }
        try {
            tell(new ChatEvent.Done(reply));
        } finally {
            end.complete(reply);
        }
    }

    private void fail(ChatException failure) {
        try {
            tell(new ChatEvent.Failed(failure));
        } finally {
            end.completeExceptionally(failure);
        }
    }

    private ChatReply converse() {
        String model = request.model() == null ? around.settings().model() : request.model();
        Deadlines.Limit total =
                around.deadlines().in(request.toolLimits().total(), () -> cancellation.cancel(tooLong()));
        try {
            around.names().require(model, cancellation);
            return turns(model);
        } finally {
            total.lift();
        }
    }

    private ChatReply turns(String model) {
        int most = request.tools().isEmpty() ? 1 : request.toolLimits().turns();
        ToolRounds tools = new ToolRounds(request, around, this::tell, cancellation);
        for (int turn = 1; ; turn++) {
            boolean last = turn == most || tools.stuck();
            tell(new ChatEvent.Turn(turn, most));
            Answer answer = around.server().ask(question(model, !last), spared, this::tell, cancellation);
            usage = usage.plus(answer.usage());
            warnings.addAll(answer.warnings());
            added.add(new ChatMessage.Assistant(answer.text(), answer.calls()));
            if (answer.calls().isEmpty()) {
                return reply(answer, answer.finish());
            }
            if (request.tools().isEmpty() || spared.withoutTools()) {
                return withCallsNobodyAskedFor(answer);
            }
            if (last) {
                warnings.add(Problem.of("The model went on calling tools after %d turns; its last calls were not made"
                        .formatted(turn)));
                return reply(answer, Finish.TOOL_LIMIT);
            }
            added.addAll(tools.run(answer.calls()));
        }
    }

    private Question question(String model, boolean mayCall) {
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        messages.addAll(added);
        Duration silence = request.silence();
        return new Question(
                model,
                messages,
                request.tools(),
                mayCall,
                request.format(),
                request.temperature(),
                request.maxTokens(),
                silence == null ? around.settings().limits().silence() : silence,
                stream);
    }

    private ChatReply withCallsNobodyAskedFor(Answer answer) {
        if (answer.text().isBlank()) {
            throw new ChatException(
                    ChatError.BAD_ANSWER,
                    Problem.of("The model called tool '%s' though it was offered none"
                                    .formatted(answer.calls().get(0).tool()))
                            .at(around.settings().place())
                            .fix("try again, or use another model"));
        }
        warnings.add(Problem.of("The model called tools though it was offered none; the calls were left out"));
        added.set(added.size() - 1, new ChatMessage.Assistant(answer.text()));
        return reply(
                new Answer(answer.text(), List.of(), answer.usage(), answer.model(), answer.finish(), List.of()),
                answer.finish());
    }

    private ChatReply reply(Answer answer, Finish finish) {
        List<Problem> all = new ArrayList<>(spared.warnings());
        all.addAll(warnings);
        return new ChatReply(answer.text(), answer.calls(), usage, answer.model(), finish, added, all);
    }

    /** A listener that throws harms nobody but itself. */
    private void tell(ChatEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable failure) { // an AssertionError of a listener is no less its own
            LOG.log(Level.WARNING, "A listener of a conversation failed; it is told the next event", failure);
        }
    }

    @Override
    public void cancel() {
        cancel(new ChatException(
                ChatError.CANCELLED,
                Problem.of("The question to the language model was cancelled")
                        .at(around.settings().place())));
    }

    void cancel(ChatException why) {
        cancellation.cancel(why);
    }

    private ChatException tooLong() {
        return new ChatException(
                ChatError.TIMEOUT,
                Problem.of("Model and tools together took longer than %d s"
                                .formatted(request.toolLimits().total().toSeconds()))
                        .at(around.settings().place())
                        .fix("allow more time in the request's tool limits"));
    }

    @Override
    public boolean ended() {
        return end.isDone();
    }

    @Override
    public ChatReply await(Duration limit) {
        try {
            return end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw failure(failure);
        } catch (TimeoutException passed) {
            throw new GazeException(
                    GazeException.Kind.TIMEOUT,
                    Problem.of("The model has not answered within %s s; it goes on"
                                    .formatted(limit.toMillis() / 1000.0))
                            .at(around.settings().place()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GazeException(
                    GazeException.Kind.CANCELLED,
                    Problem.of("The thread was interrupted while it waited for the model")
                            .at(around.settings().place()));
        }
    }

    /** Waits for the end; cancels it when the waiting thread is interrupted. */
    ChatReply reply() {
        try {
            return end.get();
        } catch (ExecutionException failure) {
            throw failure(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            ChatException why = new ChatException(
                    ChatError.CANCELLED,
                    Problem.of("The thread was interrupted while it waited for the model")
                            .at(around.settings().place()));
            cancel(why);
            throw why;
        }
    }

    private static ChatException failure(ExecutionException failure) {
        return (ChatException) failure.getCause();
    }
}
