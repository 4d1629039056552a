package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.llm.client.Cancellation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tools a model calls, round by round. Calls of one round run side by side, a few at a time. Whatever is wrong
 * with a call is its result. A call that was made before is not made again, unless its tool is repeatable: the model is
 * told the result once more, and a round of nothing but such calls means that it is stuck.
 */
final class ToolRounds {
    private static final int TRIES_OF_WHAT_FAILS = 2;

    /** What a call comes down to: which tool, and which arguments however they are written. */
    private record Meaning(String tool, Object arguments) {}

    /** A call with its arguments read; null when they are no object. */
    private record Asked(ToolCall call, @Nullable JsonObject arguments, Meaning meaning) {
        static Asked of(ToolCall call) {
            JsonObject arguments = ArgumentCheck.read(call.arguments());
            return new Asked(
                    call, arguments, new Meaning(call.tool(), arguments == null ? call.arguments() : arguments));
        }
    }

    /** What became of a meaning: its last result, and how often it was tried. */
    private record Made(Outcome outcome, int tries) {
        boolean settled() {
            return !outcome.failed() || tries >= TRIES_OF_WHAT_FAILS;
        }
    }

    private final Map<String, ChatTool> tools = new LinkedHashMap<>();
    private final ChatRequest request;
    private final Surroundings around;
    private final Consumer<ChatEvent> listener;
    private final Cancellation cancellation;
    private final Map<Meaning, Made> made = new HashMap<>();
    private boolean stuck;

    ToolRounds(ChatRequest request, Surroundings around, Consumer<ChatEvent> listener, Cancellation cancellation) {
        this.request = request;
        this.around = around;
        this.listener = listener;
        this.cancellation = cancellation;
        request.tools().forEach(tool -> tools.put(tool.id(), tool));
    }

    /** Whether the last round held nothing new. */
    boolean stuck() {
        return stuck;
    }

    /** The results of a round, in the order of its calls. */
    List<ChatMessage> run(List<ToolCall> calls) {
        List<Asked> round = calls.stream().map(Asked::of).toList();
        Map<Meaning, Asked> fresh = new LinkedHashMap<>();
        for (Asked asked : round) {
            Made before = made.get(asked.meaning());
            if (before == null || !before.settled() || repeatable(asked.call())) {
                fresh.putIfAbsent(asked.meaning(), asked);
            }
        }
        stuck = fresh.isEmpty();
        runAll(fresh.values());
        List<ChatMessage> results = new ArrayList<>();
        for (Asked asked : round) {
            ToolCall call = asked.call();
            Outcome outcome = made.get(asked.meaning()).outcome();
            if (fresh.get(asked.meaning()) != asked) {
                outcome = outcome.again();
                listener.accept(new ChatEvent.ToolEnded(call, outcome.text(), outcome.failed(), Duration.ZERO));
            }
            results.add(new ChatMessage.ToolResult(call, outcome.text(), outcome.failed()));
        }
        return results;
    }

    private boolean repeatable(ToolCall call) {
        ChatTool tool = tools.get(call.tool());
        return tool != null && tool.repeatable();
    }

    private void runAll(Collection<Asked> fresh) {
        Deque<Asked> waiting = new ArrayDeque<>(fresh);
        BlockingQueue<Runnable> ended = new LinkedBlockingQueue<>();
        int running = 0;
        try (Cancellation.Hold hold = cancellation.onCancel(() -> ended.add(cancellation::check))) {
            while (running > 0 || !waiting.isEmpty()) {
                while (!waiting.isEmpty() && running < request.toolLimits().parallel()) {
                    start(waiting.poll(), ended);
                    running++;
                }
                ended.take().run();
                running--;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A thread that only GAZE knows was interrupted", interrupted);
        }
    }

    private void start(Asked asked, BlockingQueue<Runnable> ended) {
        ToolCall call = asked.call();
        listener.accept(new ChatEvent.ToolStarted(call));
        new ToolRun(around, request.toolLimits(), cancellation)
                .start(
                        () -> perform(asked),
                        (whole, took) -> ended.add(() -> {
                            Outcome outcome =
                                    whole.shortened(request.toolLimits().resultLength());
                            Made before = made.get(asked.meaning());
                            made.put(asked.meaning(), new Made(outcome, before == null ? 1 : before.tries() + 1));
                            listener.accept(new ChatEvent.ToolEnded(call, outcome.text(), outcome.failed(), took));
                        }));
    }

    private Outcome perform(Asked asked) throws Exception {
        ChatTool tool = tools.get(asked.call().tool());
        if (tool == null) {
            return Outcome.failure("There is no tool '%s'; %s"
                    .formatted(
                            asked.call().tool(), NearestNames.fix(asked.call().tool(), tools.keySet(), "tools")));
        }
        JsonObject arguments = asked.arguments();
        if (arguments == null) {
            return Outcome.failure("The arguments are no JSON object. They must fit: " + tool.parameters());
        }
        List<String> wrong = around.check().wrong(tool, arguments);
        return wrong.isEmpty()
                ? Outcome.of(tool.run(arguments))
                : Outcome.failure("The arguments do not fit: %s. They must fit: %s"
                        .formatted(String.join("; ", wrong), tool.parameters()));
    }
}
