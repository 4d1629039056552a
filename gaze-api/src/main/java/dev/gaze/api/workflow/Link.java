package dev.gaze.api.workflow;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.Objects;
import java.util.Optional;

/**
 * An output of a node, as an input of another refers to it: {@code ["4", 1]} in ComfyUI's API format.
 *
 * @param node the id of the node; ComfyUI wants text, not a number
 * @param output which of its outputs, from 0
 */
public record Link(String node, int output) {

    /** Checks the parts. */
    public Link {
        Objects.requireNonNull(node, "node");
        if (output < 0) {
            throw new IllegalArgumentException("Output %d of node '%s' is negative".formatted(output, node));
        }
    }

    /**
     * Reads an input value as a link.
     *
     * @param value the value of an input
     * @return the link; empty when the value is a literal
     */
    public static Optional<Link> of(JsonValue value) {
        return value instanceof JsonArray list
                        && list.items().size() == 2
                        && list.items().get(0) instanceof JsonText node
                        && list.items().get(1) instanceof JsonNumber output
                        && isSlot(output.text())
                ? Optional.of(new Link(node.value(), output.asInt()))
                : Optional.empty();
    }

    private static boolean isSlot(String number) {
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return false;
            }
        }
        return !number.isEmpty() && number.length() <= 4;
    }

    /**
     * The link as an input value.
     *
     * @return {@code [node, output]}
     */
    public JsonArray json() {
        return JsonArray.of(node, output);
    }

    /** {@code 4[1]}. */
    @Override
    public String toString() {
        return node + "[" + output + "]";
    }
}
