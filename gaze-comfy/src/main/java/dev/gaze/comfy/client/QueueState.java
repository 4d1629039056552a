package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a server works on and what waits there ({@code GET /queue}), prompts of others included.
 *
 * @param running what is worked on; ComfyUI runs one prompt at a time
 * @param pending what waits, the next one first
 */
public record QueueState(List<Item> running, List<Item> pending) {

    /**
     * A prompt in the queue.
     *
     * @param number the lowest runs first
     * @param prompt its id; any text, since others may name theirs as they like
     * @param graph what it runs
     * @param client the client name it was posted with, to which its frames go; null when it has none
     */
    public record Item(
            double number,
            String prompt,
            JsonObject graph,
            @Nullable String client) {}

    /** Copies the lists. */
    public QueueState {
        running = List.copyOf(running);
        pending = List.copyOf(pending);
    }

    /** Reads an answer; items of an unknown shape are passed over. */
    static QueueState of(JsonObject answer) {
        List<Item> pending = items(answer, "queue_pending");
        // ComfyUI lists its heap as it lies in memory; runs go by number, equal ones by the text of the id
        pending.sort(Comparator.comparingDouble(Item::number).thenComparing(Item::prompt));
        return new QueueState(items(answer, "queue_running"), pending);
    }

    private static List<Item> items(JsonObject answer, String key) {
        List<Item> items = new ArrayList<>();
        if (answer.get(key).orElse(null) instanceof JsonArray list) {
            for (JsonValue value : list.items()) {
                if (value instanceof JsonArray item && item.items().size() >= 2) {
                    JsonValue id = item.items().get(1);
                    items.add(new Item(
                            item.items().get(0) instanceof JsonNumber number ? number.asDouble() : 0,
                            id instanceof JsonText text ? text.value() : id.toString(),
                            object(item, 2),
                            object(item, 3)
                                    .text("client_id")
                                    .filter(name -> !name.isEmpty())
                                    .orElse(null)));
                }
            }
        }
        return items;
    }

    private static JsonObject object(JsonArray item, int index) {
        return item.items().size() > index && item.items().get(index) instanceof JsonObject object
                ? object
                : JsonObject.empty();
    }

    /**
     * Whether a prompt is worked on.
     *
     * @param prompt its id
     * @return true while it runs
     */
    public boolean isRunning(String prompt) {
        return running.stream().anyMatch(item -> item.prompt().equals(prompt));
    }

    /**
     * How far a prompt is from its start.
     *
     * @param prompt its id
     * @return 1 for the next one to start; empty when it does not wait
     */
    public OptionalInt position(String prompt) {
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i).prompt().equals(prompt)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }
}
