package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.node.NodeCall;
import dev.gaze.comfy.embedded.node.NodeFailure;
import dev.gaze.comfy.embedded.node.NodeResult;
import dev.gaze.comfy.embedded.node.Stopped;
import dev.gaze.comfy.embedded.node.Value;
import dev.gaze.comfy.embedded.picture.Encoded;
import dev.gaze.comfy.embedded.picture.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One prompt, from {@code execution_start} to its last message. */
final class PromptRun implements NodeCall.Run {
    private static final int PREVIEW_SIZE = 256;

    private final QueuedPrompt prompt;
    private final JsonObject graph;
    private final JsonObject extra;
    private final Engine engine;
    private final @Nullable String client;
    private final Map<String, NodeSpec> specs;
    private final Signatures signatures;
    private final Progress progress;
    private final List<JsonArray> messages = new ArrayList<>();
    private final List<String> executed = new ArrayList<>();
    private final Map<String, JsonValue> outputs = new LinkedHashMap<>();
    private final Map<String, List<Value>> values = new LinkedHashMap<>();
    private Instant sampling = Instant.MIN;

    PromptRun(QueuedPrompt prompt, Engine engine) {
        this.prompt = prompt;
        this.engine = engine;
        graph = Json.object(prompt.graph(), JsonLimits.ANSWER);
        extra = Json.object(prompt.extra(), JsonLimits.ANSWER);
        client = clientOf(extra);
        specs = engine.specs();
        signatures = new Signatures(graph, engine.workshop().folders(), engine.everNew());
        progress = new Progress(prompt.id());
    }

    /** Whom the frames are for; null for a prompt without an owner. A number is nobody's id. */
    private static @Nullable String clientOf(JsonObject extra) {
        JsonValue id = extra.members().getOrDefault("client_id", JsonNull.NULL);
        if (id instanceof JsonText text) {
            return text.value();
        }
        return id instanceof JsonNull ? null : "\0" + id;
    }

    @Nullable
    String client() {
        return client;
    }

    /** Runs all; returns the history entry. */
    byte[] run() {
        message("execution_start", true);
        engine.cache()
                .keepOnly(graph.members().keySet().stream().map(signatures::of).toList());
        List<String> cached =
                graph.members().keySet().stream().filter(this::isCached).toList();
        message("execution_cached", true, "nodes", cached);
        ExecutionOrder order = new ExecutionOrder(graph, specs, prompt.outputs(), this::isCached);
        boolean good = true;
        for (Optional<String> next = order.next(); good && next.isPresent(); next = order.next()) {
            good = node(next.get());
            order.done(next.get());
        }
        engine.held().keepLoras(loras());
        if (good) {
            message("execution_success", true);
        }
        return entry(good);
    }

    private boolean isCached(String id) {
        return engine.cache().get(signatures.of(id)).isPresent();
    }

    /** Runs one node; false when the run is over with it. */
    private boolean node(String id) {
        engine.stand();
        String type = graph.text(id, "class_type").orElse("");
        Optional<NodeResult> before = engine.cache().get(signatures.of(id));
        if (before.isPresent()) {
            values.put(id, before.get().values());
            show(id, before.get().ui());
            progress.finished(id);
            tell(progress.frame());
            return true;
        }
        progress.started(id);
        tell(progress.frame());
        engine.atNode(client == null ? null : id);
        tellOwner(JsonObject.of(
                "type", "executing", "data", JsonObject.of("node", id, "display_node", id, "prompt_id", prompt.id())));
        Map<String, Value> inputs = new LinkedHashMap<>();
        try {
            engine.checkpoint();
            inputs.putAll(inputs(id));
            Optional<Faults.NodeFault> fault = engine.faults().nodeFault(type, id);
            if (fault.isPresent()) {
                throw new NodeFailure(fault.get().exceptionType(), fault.get().message());
            }
            NodeCall call = new NodeCall(id, specs.get(type), inputs, engine.workshop(), this);
            NodeResult result = engine.functions().of(type).run(call);
            engine.cache().put(signatures.of(id), result);
            values.put(id, result.values());
            executed.add(id);
            show(id, result.ui());
            progress.finished(id);
            tell(progress.frame());
            return true;
        } catch (Stopped stopped) {
            message("execution_interrupted", false, "node_id", id, "node_type", type, "executed", executed);
            return false;
        } catch (NodeFailure failure) {
            failed(id, type, failure, inputs);
            return false;
        } catch (RuntimeException | OutOfMemoryError unexpected) { // one bad graph must not end the worker
            failed(id, type, new NodeFailure(unexpected.getClass().getName(), unexpected.toString()), inputs);
            return false;
        }
    }

    private void failed(String id, String type, NodeFailure failure, Map<String, Value> inputs) {
        Map<String, JsonValue> given = new LinkedHashMap<>();
        inputs.forEach((name, value) -> given.put(
                name,
                JsonArray.of(value instanceof Value.Plain plain ? plain.json() : new JsonText(value.toString()))));
        message(
                "execution_error",
                true,
                "node_id",
                id,
                "node_type",
                type,
                "executed",
                executed,
                "exception_message",
                failure.getMessage(),
                "exception_type",
                failure.type(),
                "traceback",
                List.of("  File \"execution.py\", in execute\n"),
                "current_inputs",
                new JsonObject(given),
                "current_outputs",
                List.copyOf(graph.members().keySet()));
    }

    private Map<String, Value> inputs(String id) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        graph.object(id, "inputs").members().forEach((name, value) -> {
            Optional<String> source = ExecutionOrder.source(value).filter(graph.members()::containsKey);
            inputs.put(
                    name, source.map(from -> linked(from, (JsonArray) value)).orElseGet(() -> new Value.Plain(value)));
        });
        return inputs;
    }

    private Value linked(String from, JsonArray link) {
        List<Value> made = values.containsKey(from)
                ? values.get(from)
                : engine.cache()
                        .get(signatures.of(from))
                        .map(NodeResult::values)
                        .orElse(List.of());
        int slot = link.items().get(1) instanceof JsonNumber number ? number.asInt() : 0;
        int place = slot < 0 ? slot + made.size() : slot;
        return place < made.size() && place >= 0 ? made.get(place) : new Value.Opaque("nothing");
    }

    private void show(String id, @Nullable JsonObject ui) {
        if (ui == null) {
            return;
        }
        outputs.put(id, ui);
        tellOwner(JsonObject.of(
                "type",
                "executed",
                "data",
                JsonObject.of("node", id, "display_node", id, "output", ui, "prompt_id", prompt.id())));
    }

    @Override
    public JsonObject graph() {
        return graph;
    }

    @Override
    public JsonObject extraPngInfo() {
        return extra.object("extra_pnginfo");
    }

    @Override
    public String previewPrefix(String nodeId) {
        return engine.previewPrefix(nodeId);
    }

    private List<String> loras() {
        return graph.members().keySet().stream()
                .flatMap(id -> graph.text(id, "inputs", "lora_name").stream())
                .toList();
    }

    @Override
    public void loadModel(String file) throws Stopped {
        if (engine.held().swap(file)) {
            engine.work(engine.faults().pace().model());
        }
    }

    @Override
    public void loadLora(String file) throws Stopped {
        if (!engine.held().holdsLora(file)) {
            engine.work(engine.faults().pace().lora());
        }
    }

    /** A step ends in its own share of the time sampling takes; what drawing the ones before took counts in. */
    @Override
    public void step(String nodeId, int step, int steps, Picture soFar) throws Stopped {
        Instant now = engine.now();
        sampling = step == 1 ? now : sampling;
        Duration share = engine.faults().pace().sampling().multipliedBy(step).dividedBy(steps);
        Duration left = Duration.between(now, sampling.plus(share));
        engine.work(
                (left.isNegative() ? Duration.ZERO : left).plus(engine.faults().stepDelay()));
        boolean previews = engine.previews();
        step(nodeId, step, steps, 1, previews ? preview(soFar, step) : null);
    }

    private static byte[] preview(Picture picture, int step) {
        double scale = Math.min(1, PREVIEW_SIZE / (double) Math.max(picture.width(), picture.height()));
        Picture small = picture.resized(
                Math.max(1, (int) (picture.width() * scale)), Math.max(1, (int) (picture.height() * scale)));
        return Encoded.jpeg(small.draw(0), Math.min(90, 20 + 5 * step));
    }

    @Override
    public void send(String nodeId, int step, int steps, byte[] png) throws Stopped {
        engine.checkpoint();
        step(nodeId, step, steps, 2, png);
    }

    /** With metadata the image comes in front of {@code progress}, in the old form behind it. */
    private void step(String nodeId, int step, int steps, int imageType, byte @Nullable [] image) {
        progress.step(nodeId, step, steps);
        tell(progress.frame());
        boolean metadata = engine.audience().wantsMetadata(client);
        if (image != null && metadata) {
            JsonObject about = JsonObject.of(
                    "node_id",
                    nodeId,
                    "prompt_id",
                    prompt.id(),
                    "display_node_id",
                    nodeId,
                    "parent_node_id",
                    null,
                    "real_node_id",
                    nodeId,
                    "image_type",
                    imageType == 1 ? "image/jpeg" : "image/png");
            engine.audience().show(client, about, imageType, image);
        }
        tell(text(JsonObject.of(
                "type",
                "progress",
                "data",
                JsonObject.of("value", step, "max", steps, "prompt_id", prompt.id(), "node", nodeId))));
        if (image != null && !metadata) {
            engine.audience().show(client, null, imageType, image);
        }
    }

    /** Notes a message for history and sends it; without an owner only interrupts are heard, by everybody. */
    private void message(String type, boolean ownerOnly, Object... data) {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put("prompt_id", new JsonText(prompt.id()));
        all.putAll(JsonObject.of(data).members());
        all.put("timestamp", JsonNumber.of(engine.now().toEpochMilli()));
        JsonObject full = new JsonObject(all);
        messages.add(JsonArray.of(type, full));
        JsonObject frame = JsonObject.of("type", type, "data", full);
        if (ownerOnly) {
            tellOwner(frame);
        } else {
            tell(text(frame));
        }
    }

    private void tellOwner(JsonObject frame) {
        if (client != null) {
            tell(text(frame));
        }
    }

    private void tell(String frame) {
        engine.tell(client, frame);
    }

    private static String text(JsonObject frame) {
        return new String(Json.compact(frame), StandardCharsets.UTF_8);
    }

    private byte[] entry(boolean good) {
        Map<String, JsonValue> meta = new LinkedHashMap<>();
        outputs.keySet()
                .forEach(id -> meta.put(
                        id, JsonObject.of("node_id", id, "display_node", id, "parent_node", null, "real_node_id", id)));
        JsonObject rest = JsonObject.of(
                "outputs",
                new JsonObject(outputs),
                "status",
                JsonObject.of("status_str", good ? "success" : "error", "completed", good, "messages", messages),
                "meta",
                new JsonObject(meta));
        byte[] told = Json.compact(rest);
        ByteArrayOutputStream out = new ByteArrayOutputStream(prompt.graph().length + told.length + 100);
        out.writeBytes("{\"prompt\":".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(prompt.json());
        out.write(',');
        out.write(told, 1, told.length - 1);
        return out.toByteArray();
    }
}
