package dev.gaze.api.workflow;

import dev.gaze.api.prompt.LiteralTexts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A user's own graph whose roles are known. It is only ever read: wiring works on a copy (G27).
 *
 * @param name the name it is found by, such as {@code default}
 * @param graph the graph with its roles
 * @param loraLoaders the graph's own LoRA loaders in the order of the chain, by id, with the slot each serves; a loader
 *     that serves no slot in particular maps to a blank name
 * @param texts what the template itself says in its text nodes
 */
public record WorkflowTemplate(String name, Workflow graph, Map<String, String> loraLoaders, LiteralTexts texts) {

    /** Copies the map, keeping its order. */
    public WorkflowTemplate {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("A workflow template needs a name, such as 'default'");
        }
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(texts, "texts");
        loraLoaders = Collections.unmodifiableMap(new LinkedHashMap<>(loraLoaders));
    }
}
