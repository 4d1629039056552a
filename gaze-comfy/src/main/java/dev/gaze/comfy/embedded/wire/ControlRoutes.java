package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.run.PromptQueue;
import dev.gaze.comfy.embedded.run.QueuedPrompt;
import dev.gaze.comfy.embedded.validation.PythonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;

/** Queue, interrupt, history and memory. */
final class ControlRoutes {
    private final State state;

    ControlRoutes(State state) {
        this.state = state;
    }

    MockResponse remaining(Request request) {
        return Answer.json(JsonObject.of(
                "exec_info",
                JsonObject.of("queue_remaining", state.engine().queue().left())));
    }

    MockResponse queue(Request request) {
        PromptQueue.Snapshot queue = state.engine().queue().snapshot();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        items(out, "{\"queue_running\":[", queue.running());
        items(out, "],\"queue_pending\":[", queue.waiting());
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return Answer.json(out.toByteArray());
    }

    private static void items(ByteArrayOutputStream out, String start, List<QueuedPrompt> prompts) {
        out.writeBytes(start.getBytes(StandardCharsets.UTF_8));
        String between = "";
        for (QueuedPrompt prompt : prompts) {
            out.writeBytes(between.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(prompt.json());
            between = ",";
        }
    }

    MockResponse changeQueue(Request request) {
        return change(
                request,
                () -> state.engine().queue().clear(),
                ids -> state.engine().queue().delete(ids));
    }

    MockResponse changeHistory(Request request) {
        return change(
                request,
                () -> state.engine().history().clear(),
                ids -> state.engine().history().delete(ids));
    }

    private static MockResponse change(Request request, Runnable clear, Consumer<List<String>> delete) {
        Optional<JsonValue> body = request.json();
        if (body.isEmpty() || !(body.get() instanceof JsonObject || body.get() instanceof JsonArray)) {
            return Answer.trouble();
        }
        JsonObject wanted = body.get() instanceof JsonObject object ? object : JsonObject.empty();
        if (wanted.get("clear").filter(JsonBoolean.TRUE::equals).isPresent()) {
            clear.run();
        }
        JsonValue ids = wanted.members().get("delete");
        if (ids instanceof JsonArray list) {
            delete.accept(list.items().stream().map(PythonText::str).toList());
        } else if (ids instanceof JsonText text) { // Python walks a text letter by letter
            delete.accept(
                    text.value().codePoints().mapToObj(Character::toString).toList());
        } else if (ids != null) {
            return Answer.trouble();
        }
        return Answer.empty(200);
    }

    /** A body that is no JSON counts as none. */
    MockResponse interrupt(Request request) {
        JsonValue body = request.json().orElse(JsonObject.empty());
        if (!(body instanceof JsonObject wanted)) {
            return Answer.trouble();
        }
        @Nullable String id = wanted.get("prompt_id").map(PythonText::str).orElse(null);
        state.engine().interrupt(id == null || id.isEmpty() ? null : id);
        return Answer.empty(200);
    }

    MockResponse free(Request request) {
        if (!(request.json().orElse(null) instanceof JsonObject wanted)) {
            return Answer.trouble();
        }
        if (wanted.get("unload_models").filter(JsonBoolean.TRUE::equals).isPresent()) {
            state.engine().unloadModels();
        }
        if (wanted.get("free_memory").filter(JsonBoolean.TRUE::equals).isPresent()) {
            state.engine().freeMemory();
        }
        return Answer.empty(200);
    }

    MockResponse history(Request request) {
        try {
            Optional<String> most = request.query("max_items");
            int offset = Integer.parseInt(request.query("offset").orElse("-1").strip());
            return Answer.json(state.engine()
                    .history()
                    .some(
                            most.isEmpty()
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(Integer.parseInt(most.get().strip())),
                            offset));
        } catch (NumberFormatException notANumber) {
            return Answer.trouble();
        }
    }

    MockResponse historyOf(String id) {
        return Answer.json(state.engine().history().one(id));
    }
}
