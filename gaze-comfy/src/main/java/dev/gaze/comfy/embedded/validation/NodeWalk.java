package dev.gaze.comfy.embedded.validation;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.InputSpec;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The walk from an output up its links, one graph long. Results are kept per node, so a node several outputs share is
 * looked at once. A stumble (a missing node, a slot that is none) is reported at the node <em>holding</em> the bad link
 * with the input's name of its consumer, because ComfyUI catches it one step further down. A circle ends in a result
 * that is invalid and has no errors at all.
 */
final class NodeWalk {
    private static final int LONGEST_LIST_TOLD = 20;
    /** Python stops following calls somewhere below a thousand, and ComfyUI refuses such a graph like a circle. */
    private static final int DEEPEST = 900;

    private static final Set<String> CHECKS_ITS_FILE = Set.of("LoadImage", "LoadImageMask");

    private final JsonObject graph;
    private final Map<String, NodeSpec> specs;
    private final FileCheck files;
    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Map<String, JsonObject> changed = new LinkedHashMap<>();
    private final Set<String> path = new HashSet<>();

    NodeWalk(JsonObject graph, Map<String, NodeSpec> specs, FileCheck files) {
        this.graph = graph;
        this.specs = specs;
        this.files = files;
    }

    /** What was found about one node; invalid without errors means that something above it is wrong. */
    record Result(boolean valid, List<JsonObject> errors) {}

    /** What in Python would be an exception while checking. */
    private static final class Stumble extends Exception {
        private static final long serialVersionUID = 1L;
        private final String type;

        Stumble(String type, String message) {
            super(message, null, false, false);
            this.type = type;
        }
    }

    Map<String, Result> results() {
        return results;
    }

    /** The graph with every value converted that was looked at. */
    JsonObject converted() {
        if (changed.isEmpty()) {
            return graph;
        }
        Map<String, JsonValue> nodes = new LinkedHashMap<>(graph.members());
        changed.forEach((id, inputs) -> nodes.put(id, graph.object(id).with("inputs", inputs)));
        return new JsonObject(nodes);
    }

    Result output(String id) {
        try {
            return node(id);
        } catch (Stumble stumble) {
            JsonObject error = error(
                    "exception_during_validation",
                    "Exception when validating node",
                    stumble.getMessage(),
                    "exception_type",
                    stumble.type,
                    "traceback",
                    traceback());
            return remember(id, new Result(false, List.of(error)));
        }
    }

    private Result remember(String id, Result result) {
        results.put(id, result);
        return result;
    }

    private Result node(String id) throws Stumble {
        Result known = results.get(id);
        if (known != null) {
            return known;
        }
        if (!(graph.members().get(id) instanceof JsonObject node)) {
            throw new Stumble("KeyError", PythonText.repr(new JsonText(id)));
        }
        JsonValue given = node.members().get("inputs");
        if (given == null) {
            throw new Stumble("KeyError", "'inputs'");
        }
        if (!(given instanceof JsonObject inputs)) {
            throw new Stumble("TypeError", "argument of type '" + PythonText.typeName(given) + "' is not iterable");
        }
        path.add(id);
        try {
            NodeSpec spec = specs.get(node.text("class_type").orElse(""));
            List<JsonObject> errors = new ArrayList<>();
            boolean valid = true;
            for (InputSpec input : spec.inputs()) {
                JsonValue value = inputs.members().get(input.name());
                if (value == null) {
                    if (input.required()) {
                        errors.add(error(
                                "required_input_missing",
                                "Required input is missing",
                                input.name(),
                                "input_name",
                                input.name()));
                    }
                } else if (value instanceof JsonArray link) {
                    valid &= link(input, link, errors);
                } else {
                    widget(id, spec, input, value).ifPresent(errors::add);
                }
            }
            return remember(id, new Result(valid && errors.isEmpty(), List.copyOf(errors)));
        } finally {
            path.remove(id);
        }
    }

    /** Checks a link and what stands above it; false when that is wrong. */
    private boolean link(InputSpec input, JsonArray link, List<JsonObject> errors) throws Stumble {
        if (link.items().size() != 2) {
            errors.add(error(
                    "bad_linked_input",
                    "Bad linked input, must be a length-2 list of [node_id, slot_index]",
                    input.name(),
                    "input_name",
                    input.name(),
                    "input_config",
                    input.config(),
                    "received_value",
                    link));
            return true;
        }
        String from = source(link.items().get(0));
        String received = slot(from, link.items().get(1));
        if (!fits(received, input.typeName())) {
            errors.add(error(
                    "return_type_mismatch",
                    "Return type mismatch between linked nodes",
                    "%s, received_type(%s) mismatch input_type(%s)"
                            .formatted(input.name(), received, PythonText.str(input.type())),
                    "input_name",
                    input.name(),
                    "input_config",
                    input.config(),
                    "received_type",
                    received,
                    "linked_node",
                    link));
            return true;
        }
        if (path.contains(from) || path.size() >= DEEPEST) {
            return false;
        }
        try {
            return node(from).valid();
        } catch (Stumble stumble) {
            JsonObject error = error(
                    "exception_during_inner_validation",
                    "Exception when validating inner node",
                    stumble.getMessage(),
                    "input_name",
                    input.name(),
                    "input_config",
                    input.config(),
                    "exception_message",
                    stumble.getMessage(),
                    "exception_type",
                    stumble.type,
                    "traceback",
                    traceback(),
                    "linked_node",
                    link);
            remember(from, new Result(false, List.of(error)));
            return false;
        }
    }

    private String source(JsonValue id) throws Stumble {
        if (id instanceof JsonText text && graph.members().containsKey(text.value())) {
            return text.value();
        }
        if (id instanceof JsonArray || id instanceof JsonObject) {
            throw new Stumble("TypeError", "unhashable type: '" + PythonText.typeName(id) + "'");
        }
        throw new Stumble("KeyError", PythonText.repr(id));
    }

    private String slot(String from, JsonValue slot) throws Stumble {
        List<String> outputs =
                specs.get(graph.text(from, "class_type").orElse("")).outputs();
        if (!(slot instanceof JsonNumber number) || PythonText.isFloat(number)) {
            throw new Stumble(
                    "TypeError", "tuple indices must be integers or slices, not " + PythonText.typeName(slot));
        }
        long index = number.asBigInteger().longValue();
        long place = index < 0 ? index + outputs.size() : index;
        if (place < 0 || place >= outputs.size()) {
            throw new Stumble("IndexError", "tuple index out of range");
        }
        return outputs.get((int) place);
    }

    private static boolean fits(String received, String wanted) {
        if (received.equals(wanted) || received.equals("*") || wanted.equals("*")) {
            return true;
        }
        Set<String> accepted = new HashSet<>(Arrays.asList(wanted.split("\\s*,\\s*")));
        return Arrays.stream(received.split("\\s*,\\s*")).anyMatch(accepted::contains);
    }

    private Optional<JsonObject> widget(String id, NodeSpec spec, InputSpec input, JsonValue given) {
        JsonValue wrapped =
                given instanceof JsonObject object ? object.members().get("__value__") : null;
        JsonValue plain = wrapped == null ? given : wrapped;
        JsonValue value;
        try {
            value = WidgetValue.convert(input.typeName(), plain);
        } catch (WidgetValue.Unconvertible unconvertible) {
            return Optional.of(error(
                    "invalid_input_type",
                    "Failed to convert an input value to a " + input.typeName() + " value",
                    "%s, %s, %s".formatted(input.name(), PythonText.str(plain), unconvertible.getMessage()),
                    "input_name",
                    input.name(),
                    "input_config",
                    input.config(),
                    "received_value",
                    plain,
                    "exception_message",
                    unconvertible.getMessage()));
        }
        if (!value.equals(given)) {
            JsonObject inputs = changed.getOrDefault(id, graph.object(id, "inputs"));
            changed.put(id, inputs.with(input.name(), value));
        }
        if (CHECKS_ITS_FILE.contains(spec.classType()) && input.name().equals("image")) {
            return files.exists(PythonText.str(value))
                    ? Optional.empty()
                    : Optional.of(error(
                            "custom_validation_failed",
                            "Custom validation failed for node",
                            "image - Invalid image file: " + PythonText.str(value),
                            "input_name",
                            "image"));
        }
        return limit(input, value, "min", "value_smaller_than_min", "smaller than min of", -1)
                .or(() -> limit(input, value, "max", "value_bigger_than_max", "bigger than max of", 1))
                .or(() -> choice(input, value));
    }

    private static Optional<JsonObject> limit(
            InputSpec input, JsonValue value, String name, String type, String words, int beyond) {
        if (!(value instanceof JsonNumber number)
                || !(input.options().members().get(name) instanceof JsonNumber limit)
                || Integer.signum(new BigDecimal(number.text()).compareTo(new BigDecimal(limit.text()))) != beyond) {
            return Optional.empty();
        }
        return Optional.of(error(
                type,
                "Value %s %s %s".formatted(PythonText.str(value), words, PythonText.str(limit)),
                input.name(),
                "input_name",
                input.name(),
                "input_config",
                input.config(),
                "received_value",
                value));
    }

    private static Optional<JsonObject> choice(InputSpec input, JsonValue value) {
        List<JsonValue> choices = input.choices().orElse(null);
        if (choices == null || choices.contains(value)) {
            return Optional.empty();
        }
        boolean told = choices.size() <= LONGEST_LIST_TOLD;
        return Optional.of(error(
                "value_not_in_list",
                "Value not in list",
                "%s: '%s' not in %s"
                        .formatted(
                                input.name(),
                                PythonText.str(value),
                                told
                                        ? PythonText.repr(new JsonArray(choices))
                                        : "(list of length " + choices.size() + ")"),
                "input_name",
                input.name(),
                "input_config",
                told ? input.config() : JsonNull.NULL,
                "received_value",
                value));
    }

    private static JsonObject error(String type, String message, String details, Object... extra) {
        return JsonObject.of("type", type, "message", message, "details", details, "extra_info", JsonObject.of(extra));
    }

    private static JsonArray traceback() {
        return JsonArray.of("  File \"execution.py\", in validate_inputs\n");
    }
}
