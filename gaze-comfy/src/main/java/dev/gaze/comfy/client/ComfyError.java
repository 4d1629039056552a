package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong between GAZE and a ComfyUI server: a closed list, with {@link Unknown} for what no version seen so
 * far says. Versions word their messages differently, so everything here is read from types and {@code extra_info},
 * never from message texts, except where a version gives nothing else.
 */
public sealed interface ComfyError {

    /**
     * The graph, or part of it, does not pass the server's checks.
     *
     * @param nodes what is wrong, node by node, in the server's order; not empty
     * @param partly whether the server took the rest of the graph all the same
     */
    record Validation(List<NodeProblem> nodes, boolean partly) implements ComfyError {
        /** Copies the list. */
        public Validation {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * The server lacks a node, or the graph does not say what a node is. The server reports the first one only.
     *
     * @param node its id in the graph; blank when the server does not say
     * @param classType the node that is missing; blank when the graph does not name it
     */
    record MissingNode(String node, String classType) implements ComfyError {}

    /** The graph has no node that keeps or shows anything. */
    record NoOutputs() implements ComfyError {}

    /**
     * Nodes wait for one another.
     *
     * @param nodes the ids in the circle; empty when the server does not say, as up to 0.8
     */
    record Cycle(List<String> nodes) implements ComfyError {
        /** Copies the list. */
        public Cycle {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * The server takes lower-case hyphenated UUIDs only.
     *
     * @param details what it says
     */
    record InvalidPromptId(String details) implements ComfyError {}

    /**
     * A node failed while it ran.
     *
     * @param node its id
     * @param classType what it is
     * @param exceptionType the Python class, such as {@code torch.OutOfMemoryError}
     * @param message what the node said
     * @param traceback the Python stack, outermost call first
     */
    record NodeFailed(String node, String classType, String exceptionType, String message, List<String> traceback)
            implements ComfyError {
        /** Copies the list. */
        public NodeFailed {
            traceback = List.copyOf(traceback);
        }

        /** Reads an {@code execution_error}, from a frame or from history. */
        static NodeFailed of(JsonObject data) {
            return new NodeFailed(
                    data.text("node_id").orElse(""),
                    data.text("node_type").orElse(""),
                    data.text("exception_type").orElse(""),
                    data.text("exception_message").orElse("").strip(),
                    texts(data.get("traceback").orElse(null)));
        }

        /** No stack: it is long, and {@link #traceback} has it. */
        @Override
        public String toString() {
            return "NodeFailed[" + node + " " + classType + ": " + exceptionType + ": " + message + "]";
        }
    }

    /**
     * No answer: nobody listens, the name is unknown, the connection broke, or a limit has passed.
     *
     * @param reason in a few words
     */
    record Unreachable(String reason) implements ComfyError {}

    /**
     * An answer that ends too early.
     *
     * @param what what was being read
     */
    record CutShort(String what) implements ComfyError {}

    /**
     * The server, or something in front of it, does not want to answer.
     *
     * @param status the HTTP status, 300 to 499
     * @param what what was asked for
     * @param redirect where it points to instead; null when it points nowhere
     */
    record Refused(int status, String what, @Nullable String redirect) implements ComfyError {}

    /**
     * The server, or something in front of it, failed. ComfyUI says nothing more than that.
     *
     * @param status the HTTP status, 500 or more
     * @param what what was asked for
     */
    record ServerFailed(int status, String what) implements ComfyError {}

    /**
     * Something answers that does not speak ComfyUI's language, such as a login page or another service.
     *
     * @param what what was asked for
     * @param received what came instead, in a few words
     */
    record NotComfy(String what, String received) implements ComfyError {}

    /**
     * An answer larger than the limit.
     *
     * @param what what was being read
     * @param limit in bytes
     */
    record TooLarge(String what, long limit) implements ComfyError {}

    /**
     * A refusal of a kind that no version seen so far knows.
     *
     * @param type the server's name of it; may be blank
     * @param message what the server says
     * @param details more of it; may be blank
     */
    record Unknown(String type, String message, String details) implements ComfyError {}

    /**
     * What is wrong with a node.
     *
     * @param node its id
     * @param classType what it is
     * @param dependentOutputs the ids of the output nodes that need it
     * @param inputs what is wrong with it, in the server's order
     */
    record NodeProblem(String node, String classType, List<String> dependentOutputs, List<InputProblem> inputs) {
        /** Copies the lists. */
        public NodeProblem {
            dependentOutputs = List.copyOf(dependentOutputs);
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * What is wrong with an input, or with the node as a whole.
     *
     * @param type the server's name of it, such as {@code value_not_in_list}
     * @param message what the server says
     * @param details more of it; may be blank
     * @param extra the facts behind it ({@code extra_info}): {@code input_name}, {@code received_value} …
     */
    record InputProblem(String type, String message, String details, JsonObject extra) {
        /** Checks that nothing is missing. */
        public InputProblem {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(extra, "extra");
        }

        /**
         * The input.
         *
         * @return its name; empty when the node as a whole is meant
         */
        public Optional<String> input() {
            return extra.text("input_name");
        }

        /**
         * What the graph gave.
         *
         * @return the value; empty when the server does not repeat it
         */
        public Optional<JsonValue> received() {
            return extra.get("received_value");
        }

        /**
         * What a choice may be.
         *
         * @return the options; empty when it is no choice, or too long for the server to repeat (more than 20)
         */
        public List<String> options() {
            if (!(extra.get("input_config").orElse(null) instanceof JsonArray config)
                    || config.items().isEmpty()) {
                return List.of();
            }
            JsonValue type = config.items().get(0);
            return type instanceof JsonText
                            && config.items().size() > 1
                            && config.items().get(1) instanceof JsonObject settings
                    ? texts(settings.get("options").orElse(null))
                    : texts(type);
        }

        /**
         * A limit of a number.
         *
         * @param end {@code min} or {@code max}
         * @return the limit; empty when there is none or the server does not repeat it
         */
        public Optional<String> limit(String end) {
            return extra.get("input_config").orElse(null) instanceof JsonArray config
                            && config.items().size() > 1
                            && config.items().get(1) instanceof JsonObject settings
                    ? settings.text(end)
                    : Optional.empty();
        }
    }

    private static List<String> texts(@Nullable JsonValue list) {
        return list instanceof JsonArray array
                ? array.items().stream()
                        .map(item -> item instanceof JsonText text ? text.value() : item.toString())
                        .toList()
                : List.of();
    }
}
