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
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Runs the tools a model calls, round by round. Calls of one round run side by side, a few at a time. Whatever is wrong
 * with a call is its result. A call that was made before is not made again: the model is told the result once more, and
 * a round of nothing but such calls means that it is stuck.
 */
final class ToolRounds {
    private static final int TRIES_OF_WHAT_FAILS = 2;

    /** What a call comes down to: which tool, and which arguments however they are written. */
    private record Meaning(String tool, Object arguments) {}

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
        Map<Meaning, ToolCall> fresh = new LinkedHashMap<>();
        for (ToolCall call : calls) {
            Meaning meaning = meaning(call);
            Made before = made.get(meaning);
            if (before == null || !before.settled()) {
                fresh.putIfAbsent(meaning, call);
            }
        }
        stuck = fresh.isEmpty();
        runAll(fresh);
        List<ChatMessage> results = new ArrayList<>();
        for (ToolCall call : calls) {
            Meaning meaning = meaning(call);
            Outcome outcome = made.get(meaning).outcome();
            if (fresh.get(meaning) != call) {
                outcome = outcome.again();
                listener.accept(new ChatEvent.ToolEnded(call, outcome.text(), outcome.failed(), Duration.ZERO));
            }
            results.add(new ChatMessage.ToolResult(call, outcome.text(), outcome.failed()));
        }
        return results;
    }

    private static Meaning meaning(ToolCall call) {
        JsonObject arguments = ArgumentCheck.read(call.arguments());
        return new Meaning(call.tool(), arguments == null ? call.arguments() : arguments);
    }

    private void runAll(Map<Meaning, ToolCall> fresh) {
        Deque<Map.Entry<Meaning, ToolCall>> waiting = new ArrayDeque<>(fresh.entrySet());
        BlockingQueue<Runnable> ended = new LinkedBlockingQueue<>();
        int running = 0;
        try (Cancellation.Hold hold = cancellation.onCancel(() -> ended.add(cancellation::check))) {
            while (running > 0 || !waiting.isEmpty()) {
                while (!waiting.isEmpty() && running < request.toolLimits().parallel()) {
                    Map.Entry<Meaning, ToolCall> next = waiting.poll();
                    start(next.getKey(), next.getValue(), ended);
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

    private void start(Meaning meaning, ToolCall call, BlockingQueue<Runnable> ended) {
        listener.accept(new ChatEvent.ToolStarted(call));
        new ToolRun(around, request.toolLimits(), cancellation)
                .start(
                        () -> perform(call),
                        (outcome, took) -> ended.add(() -> {
                            int tries = made.containsKey(meaning)
                                    ? made.get(meaning).tries()
                                    : 0;
                            made.put(meaning, new Made(outcome, tries + 1));
                            listener.accept(new ChatEvent.ToolEnded(call, outcome.text(), outcome.failed(), took));
                        }));
    }

    private Outcome perform(ToolCall call) throws Exception {
        ChatTool tool = tools.get(call.tool());
        if (tool == null) {
            return Outcome.failure("There is no tool '%s'; %s"
                    .formatted(call.tool(), NearestNames.fix(call.tool(), tools.keySet(), "tools")));
        }
        JsonObject arguments = ArgumentCheck.read(call.arguments());
        if (arguments == null) {
            return Outcome.failure("The arguments are no JSON object. They must fit: " + tool.parameters());
        }
        List<String> wrong = around.check().wrong(tool, arguments);
        return wrong.isEmpty()
                ? Outcome.of(tool.run(arguments), request.toolLimits().resultLength())
                : Outcome.failure("The arguments do not fit: %s. They must fit: %s"
                        .formatted(String.join("; ", wrong), tool.parameters()));
    }
}
