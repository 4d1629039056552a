package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import dev.gaze.comfy.embedded.run.Engine;
import dev.gaze.comfy.embedded.run.QueuedPrompt;
import dev.gaze.comfy.embedded.validation.GraphCheck;
import dev.gaze.comfy.embedded.validation.PythonText;
import dev.gaze.comfy.embedded.validation.Verdict;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /prompt}: numbers, ids, the verdict, and into the queue. */
final class PromptRoutes {
    private final State state;
    private final NodeSpecs specs;
    private final Supplier<UUID> ids;

    PromptRoutes(State state, NodeSpecs specs, Supplier<UUID> ids) {
        this.state = state;
        this.specs = specs;
        this.ids = ids;
    }

    MockResponse post(Request request) {
        Optional<JsonValue> posted = request.json();
        if (posted.isEmpty() || posted.get() instanceof JsonNull || posted.get() instanceof JsonNumber) {
            return Answer.trouble();
        }
        JsonObject body = posted.get() instanceof JsonObject object ? object : JsonObject.empty();
        Optional<JsonObject> refusal = state.faults().refusal();
        if (refusal.isPresent()) {
            return Answer.json(400, refusal.get());
        }
        Engine engine = state.engine();
        Optional<String> number = number(body, engine);
        if (number.isEmpty()) {
            return Answer.trouble();
        }
        JsonValue prompt = body.members().get("prompt");
        if (prompt == null) {
            return refused(
                    JsonObject.of(
                            "type",
                            "no_prompt",
                            "message",
                            "No prompt provided",
                            "details",
                            "No prompt provided",
                            "extra_info",
                            JsonObject.empty()),
                    JsonObject.empty());
        }
        GraphCheck check = new GraphCheck(specs.current(), state::imageExists);
        Verdict verdict = check.check(prompt, targets(body));
        if (verdict instanceof Verdict.Refused refused) {
            return refused(refused.error(), refused.nodeErrors());
        }
        return verdict instanceof Verdict.Accepted accepted
                ? queue(engine, body, number.get(), accepted)
                : Answer.trouble();
    }

    private MockResponse queue(Engine engine, JsonObject body, String number, Verdict.Accepted accepted) {
        JsonValue given = body.members().getOrDefault("extra_data", JsonObject.empty());
        if (!(given instanceof JsonObject extra)) {
            return Answer.trouble();
        }
        JsonValue client = body.members().get("client_id");
        JsonObject stored = client == null ? extra : extra.with("client_id", client);
        String id = body.get("prompt_id")
                .map(PythonText::str)
                .orElseGet(() -> ids.get().toString());
        QueuedPrompt prompt = new QueuedPrompt(
                Double.parseDouble(number),
                number,
                id,
                Json.compact(accepted.graph()),
                Json.compact(stored),
                accepted.outputs());
        if (state.faults().rehearsal()) {
            engine.queue().put(rehearsal(prompt));
        }
        boolean told = engine.queue().put(prompt);
        state.received(prompt);
        if (!told) {
            return Answer.trouble();
        }
        JsonObject nodeErrors = state.faults().partRefusal().orElse(accepted.nodeErrors());
        return Answer.json(JsonObject.of("prompt_id", id, "number", new JsonNumber(number), "node_errors", nodeErrors));
    }

    /** The same graph, sent by somebody else just before. */
    private QueuedPrompt rehearsal(QueuedPrompt prompt) {
        return new QueuedPrompt(
                Math.nextDown(prompt.order()),
                prompt.number(),
                ids.get().toString(),
                prompt.graph(),
                Json.compact(JsonObject.of("client_id", "somebody else")),
                prompt.outputs());
    }

    /** The number as JSON writes it; empty when it is none. A number of the client's own uses up none of the server's. */
    private static Optional<String> number(JsonObject body, Engine engine) {
        JsonValue own = body.members().get("number");
        if (own == null) {
            long number = engine.nextNumber();
            boolean front = body.get("front").map(PromptRoutes::truth).orElse(false);
            return Optional.of(Long.toString(front ? -number : number));
        }
        String text = own instanceof JsonBoolean truth ? (truth.value() ? "1" : "0") : PythonText.str(own);
        try {
            double value = own instanceof JsonArray || own instanceof JsonObject
                    ? Double.NaN
                    : Double.parseDouble(text.strip());
            return Double.isFinite(value)
                    ? Optional.of(PythonText.repr(new JsonNumber(Double.toString(value))))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean truth(JsonValue value) {
        return value instanceof JsonBoolean truth
                ? truth.value()
                : !(value instanceof JsonNull)
                        && !(value instanceof JsonText text && text.value().isEmpty())
                        && !(value instanceof JsonNumber number && number.asDouble() == 0);
    }

    private static @Nullable Set<String> targets(JsonObject body) {
        if (!(body.members().get("partial_execution_targets") instanceof JsonArray list)) {
            return null;
        }
        Set<String> targets = new HashSet<>();
        list.items().forEach(item -> targets.add(PythonText.str(item)));
        return targets;
    }

    private static MockResponse refused(JsonObject error, JsonObject nodeErrors) {
        return Answer.json(400, JsonObject.of("error", error, "node_errors", nodeErrors));
    }
}
