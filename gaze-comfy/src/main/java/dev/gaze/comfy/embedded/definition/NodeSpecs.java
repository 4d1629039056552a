package dev.gaze.comfy.embedded.definition;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All node classes, with the model lists of the moment. Safe for use by several threads. */
public final class NodeSpecs {
    private final JsonObject data;
    private final ModelShelves shelves;
    private Map<String, NodeSpec> current = Map.of();
    private long version = -1;

    /** Reads the data file. */
    public NodeSpecs(ModelShelves shelves) {
        this.shelves = shelves;
        try (InputStream resource = Objects.requireNonNull(
                NodeSpecs.class.getResourceAsStream("/dev/gaze/comfy/embedded/nodes.json"), "nodes.json")) {
            data = Json.object(resource.readAllBytes(), JsonLimits.FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The node definitions cannot be read", unreadable);
        }
    }

    /** The node classes by name, in the order of the data file; an unchanging snapshot. */
    public synchronized Map<String, NodeSpec> current() {
        long now = shelves.version();
        if (now != version) {
            Map<String, NodeSpec> specs = new LinkedHashMap<>();
            data.members().forEach((name, json) -> specs.put(name, NodeSpec.read(name, (JsonObject) withModels(json))));
            current = specs;
            version = now;
        }
        return current;
    }

    private JsonValue withModels(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.members().forEach((key, member) -> members.put(key, withModels(member)));
            return new JsonObject(members);
        }
        if (value instanceof JsonArray list) {
            List<JsonValue> items = new ArrayList<>();
            for (JsonValue item : list.items()) {
                if (item instanceof JsonText text && text.value().startsWith("@")) {
                    items.addAll(shelf(text.value().substring(1)));
                } else {
                    items.add(withModels(item));
                }
            }
            return new JsonArray(items);
        }
        return value;
    }

    private List<JsonText> shelf(String marker) {
        int slash = marker.indexOf('/');
        String prefix = marker.substring(0, slash + 1);
        return shelves.names(marker.substring(slash + 1)).orElse(List.of()).stream()
                .map(name -> new JsonText(prefix + name))
                .toList();
    }
}
