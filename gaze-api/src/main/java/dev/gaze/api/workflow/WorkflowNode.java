package dev.gaze.api.workflow;

import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.Objects;
import java.util.Optional;

/**
 * One node of a graph, as ComfyUI's API format writes it. Keys GAZE does not know survive.
 *
 * @param id its id within the graph
 * @param json the whole node: {@code class_type}, {@code inputs}, {@code _meta} and whatever else
 */
public record WorkflowNode(String id, JsonObject json) {

    /** Checks that nothing is missing. */
    public WorkflowNode {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(json, "json");
    }

    /**
     * A new node.
     *
     * @param id its id within the graph
     * @param classType ComfyUI's name of the node
     * @param title what the editor shows above it
     * @param inputs its inputs, literals and {@link Link#json() links}
     * @return the node
     */
    public static WorkflowNode of(String id, String classType, String title, JsonObject inputs) {
        return new WorkflowNode(
                id, JsonObject.of("class_type", classType, "inputs", inputs, "_meta", JsonObject.of("title", title)));
    }

    /**
     * ComfyUI's name of the node.
     *
     * @return such as {@code KSampler}; blank when the graph does not say
     */
    public String classType() {
        return json.text("class_type").orElse("");
    }

    /**
     * What the editor shows above it.
     *
     * @return the title; empty when there is none
     */
    public Optional<String> title() {
        return json.text("_meta", "title").filter(title -> !title.isBlank());
    }

    /**
     * Its inputs.
     *
     * @return literals and links by name
     */
    public JsonObject inputs() {
        return json.object("inputs");
    }

    /**
     * One input.
     *
     * @param name its name
     * @return the value; empty when it is missing or null
     */
    public Optional<JsonValue> input(String name) {
        return inputs().get(name).filter(value -> value != JsonNull.NULL);
    }

    /**
     * One input as text.
     *
     * @param name its name
     * @return the text; empty when it is a link or no text
     */
    public Optional<String> text(String name) {
        return input(name).filter(JsonText.class::isInstance).map(value -> ((JsonText) value).value());
    }

    /**
     * One input as a link.
     *
     * @param name its name
     * @return the link; empty when it is missing or a literal
     */
    public Optional<Link> link(String name) {
        return input(name).flatMap(Link::of);
    }

    /**
     * With one input set.
     *
     * @param name its name
     * @param value a literal or a {@link Link#json() link}; plain Java data as {@link JsonValue#of} takes it
     * @return a changed copy
     */
    public WorkflowNode with(String name, Object value) {
        JsonValue set = value instanceof Link link ? link.json() : JsonValue.of(value);
        return new WorkflowNode(id, json.with("inputs", inputs().with(name, set)));
    }

    /** {@code 3 KSampler "Sampler" {…}}. */
    @Override
    public String toString() {
        return id + " " + classType()
                + title().map(title -> " \"" + title + "\"").orElse("") + " " + inputs();
    }
}
