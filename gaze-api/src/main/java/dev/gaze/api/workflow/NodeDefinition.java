package dev.gaze.api.workflow;

import dev.gaze.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about one of its nodes ({@code /object_info}).
 *
 * @param classType ComfyUI's name of the node
 * @param inputs its inputs by name, required ones first, in the server's order
 * @param outputs the types of its outputs
 * @param outputNode whether it counts as an output of the graph, as {@code SaveImage} does
 */
public record NodeDefinition(String classType, Map<String, Input> inputs, List<String> outputs, boolean outputNode) {

    /** Copies the collections, keeping their order. */
    public NodeDefinition {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = List.copyOf(outputs);
    }

    /**
     * One input.
     *
     * @param name its name
     * @return its definition; empty when the node does not know it
     */
    public Optional<Input> input(String name) {
        return Optional.ofNullable(inputs.get(name));
    }

    /**
     * What an input takes.
     *
     * @param type ComfyUI's name of the type; {@code COMBO} for a choice
     * @param required whether it must be given
     * @param options what a choice may be; null when it is no choice, or one the server does not hold to its list
     * @param defaultValue the value the editor starts with; null when there is none
     * @param min the smallest number accepted; null when there is no limit
     * @param max the largest number accepted, exact (a seed ends at 2<sup>64</sup> - 1, which no double holds); null when
     *     there is no limit
     */
    public record Input(
            String type,
            boolean required,
            @Nullable List<String> options,
            @Nullable JsonValue defaultValue,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) {

        /** Copies the options. */
        public Input {
            options = options == null ? null : List.copyOf(options);
        }
    }
}
