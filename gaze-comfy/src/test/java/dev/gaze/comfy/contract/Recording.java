package dev.gaze.comfy.contract;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a real server once said, from the folder {@code GAZE_COMFY_RECORDINGS}; rows that need it are skipped without. */
final class Recording {
    /** Different in every run. */
    private static final Set<String> CHANGING = Set.of("prompt_id", "timestamp", "number");
    /** Words of the Python source, or numbers of its model. */
    private static final Set<String> PYTHON = Set.of("traceback", "current_inputs", "exception_message");

    private Recording() {}

    static JsonObject file(String name) {
        String folder = System.getenv("GAZE_COMFY_RECORDINGS");
        assumeThat(folder).as("GAZE_COMFY_RECORDINGS").isNotBlank();
        try {
            return Json.object(Files.readAllBytes(Path.of(folder, name)), JsonLimits.ANSWER);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The frames below a path, as JSON: text frames as they were, previews by event and image type. */
    static List<JsonValue> frames(JsonObject recording, String... path) {
        List<JsonValue> frames = new ArrayList<>();
        for (JsonValue frame : ((JsonArray) recording.at(path).orElseThrow()).items()) {
            JsonObject object = (JsonObject) frame;
            frames.add(
                    object.get("text").isPresent()
                            ? comparable(object.object("text"))
                            : preview(object.number("binary", "event_type")
                                    .orElseThrow()
                                    .asInt()));
        }
        return frames;
    }

    /** Frames that came, in the same form. */
    static List<JsonValue> frames(List<RawSocket.Frame> frames) {
        return frames.stream()
                .map(frame -> frame.bytes() == null ? comparable(frame.json()) : preview(frame.event()))
                .toList();
    }

    private static JsonValue preview(int event) {
        return JsonObject.of("preview", event);
    }

    /** Without the queue's length, which depends on who else was about. */
    static List<JsonValue> withoutStatus(List<JsonValue> frames) {
        return without(frames, "status");
    }

    static List<JsonValue> without(List<JsonValue> frames, String type) {
        return frames.stream()
                .filter(frame -> !((JsonObject) frame).text("type").orElse("").equals(type))
                .toList();
    }

    /** The same JSON with everything blanked that no two runs share. Errors of a node are sorted: their order is Python's. */
    static JsonValue comparable(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.members().forEach((key, member) -> {
                if (CHANGING.contains(key) || PYTHON.contains(key)) {
                    members.put(key, new JsonText("*"));
                } else if (Set.of("errors", "current_outputs", "executed").contains(key)
                        && member instanceof JsonArray list) {
                    members.put(key, sorted((JsonArray) comparable(list)));
                } else {
                    members.put(key, comparable(member));
                }
            });
            return new JsonObject(members);
        }
        if (value instanceof JsonArray list) {
            return new JsonArray(
                    list.items().stream().map(Recording::comparable).toList());
        }
        if (value instanceof JsonText text) {
            return new JsonText(text.value()
                    .replaceAll("ComfyUI_temp_[a-z]{5}_", "ComfyUI_temp_x_")
                    .replaceAll("_[0-9]{5}_\\.png", "_N_.png"));
        }
        return value;
    }

    private static JsonArray sorted(JsonArray list) {
        return new JsonArray(list.items().stream()
                .sorted(Comparator.comparing(JsonValue::toString))
                .toList());
    }

    /** A history entry without number and id, which stand in its prompt list. */
    static JsonValue entry(JsonObject entry) {
        List<JsonValue> prompt =
                new ArrayList<>(((JsonArray) entry.get("prompt").orElseThrow()).items());
        prompt.set(0, JsonNumber.of(0));
        prompt.set(1, new JsonText("*"));
        return comparable(entry.with("prompt", new JsonArray(prompt)));
    }
}
