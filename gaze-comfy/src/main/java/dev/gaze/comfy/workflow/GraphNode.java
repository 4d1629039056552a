package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.WorkflowNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a {@link Graph}: reads like the original until its first change, and copies its inputs only then. */
final class GraphNode {
    private final WorkflowNode original;
    private final String classType;
    private final String title;
    private Map<String, JsonValue> inputs;
    private final Map<String, Link> links = new LinkedHashMap<>();
    private boolean changed;

    GraphNode(WorkflowNode original) {
        this.original = original;
        this.classType = original.classType();
        this.title = original.title().orElse("");
        this.inputs = original.inputs().members();
        inputs.forEach(this::follow);
    }

    private void follow(String input, JsonValue value) {
        Link link = value instanceof JsonArray ? Link.of(value).orElse(null) : null;
        if (link != null) {
            links.put(input, link);
        } else {
            links.remove(input);
        }
    }

    String id() {
        return original.id();
    }

    String classType() {
        return classType;
    }

    /** What the editor shows above it; blank when there is nothing. */
    String title() {
        return title;
    }

    Map<String, JsonValue> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The inputs that are linked, with the outputs they take. */
    Map<String, Link> links() {
        return Collections.unmodifiableMap(links);
    }

    boolean has(String input) {
        return inputs.containsKey(input);
    }

    @Nullable
    JsonValue input(String name) {
        return inputs.get(name);
    }

    /** The output an input is linked to; null when it is missing or a literal. */
    @Nullable
    Link link(String input) {
        return links.get(input);
    }

    /** The literal text of an input; null when it is missing, a link or no text. */
    @Nullable
    String text(String input) {
        return inputs.get(input) instanceof JsonText text ? text.value() : null;
    }

    void set(String input, Object value) {
        own();
        JsonValue json = value instanceof Link link ? link.json() : JsonValue.of(value);
        inputs.put(input, json);
        follow(input, json);
    }

    void unset(String input) {
        own();
        inputs.remove(input);
        links.remove(input);
    }

    private void own() {
        if (!changed) {
            inputs = new LinkedHashMap<>(inputs);
            changed = true;
        }
    }

    /** The node as it is now. */
    WorkflowNode freeze() {
        return changed ? new WorkflowNode(id(), original.json().with("inputs", new JsonObject(inputs))) : original;
    }

    /** {@code 6 CLIPTextEncode "Positive"}: how messages name it. */
    @Override
    public String toString() {
        return id() + " " + classType + (title.isEmpty() ? "" : " \"" + title + "\"");
    }
}
