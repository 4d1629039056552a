package dev.gaze.comfy.embedded.node;

import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import dev.gaze.comfy.embedded.picture.Picture;
import dev.gaze.comfy.embedded.validation.PythonText;
import java.util.Map;
import java.util.Optional;

/** One node about to run: its inputs and what it may do to the world. */
public final class NodeCall {
    private final String id;
    private final NodeSpec spec;
    private final Map<String, Value> inputs;
    private final Workshop workshop;
    private final Run run;

    /** What a node may ask of the run it belongs to. */
    public interface Run {
        /** The graph, as it goes into a PNG. */
        JsonObject graph();

        /** {@code extra_data.extra_pnginfo}. */
        JsonObject extraPngInfo();

        /** The name in front of the number of a preview file of this node. */
        String previewPrefix(String nodeId);

        /** Tells of step {@code step} of {@code steps} and waits as long as steps take. */
        void step(String nodeId, int step, int steps, Picture soFar) throws Stopped;

        /** Waits as long as loading a main model takes that is not held. */
        void loadModel(String file) throws Stopped;

        /** Waits as long as loading a LoRA takes that is not held. */
        void loadLora(String file) throws Stopped;

        /** Sends a finished image over the socket. */
        void send(String nodeId, int step, int steps, byte[] png) throws Stopped;
    }

    /** A call. */
    public NodeCall(String id, NodeSpec spec, Map<String, Value> inputs, Workshop workshop, Run run) {
        this.id = id;
        this.spec = spec;
        this.inputs = inputs;
        this.workshop = workshop;
        this.run = run;
    }

    String id() {
        return id;
    }

    NodeSpec spec() {
        return spec;
    }

    Workshop workshop() {
        return workshop;
    }

    Run run() {
        return run;
    }

    Map<String, Value> inputs() {
        return inputs;
    }

    /** A link's value; a plain value in its place fails as Python does when it misses an attribute. */
    <T extends Value> T link(String name, Class<T> type) throws NodeFailure {
        Value value = inputs.get(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        if (value instanceof Value.Plain plain) {
            throw new NodeFailure(
                    "AttributeError",
                    "'%s' object has no attribute '%s'"
                            .formatted(
                                    plain.json() instanceof JsonText ? "str" : "int",
                                    type.getSimpleName().toLowerCase(java.util.Locale.ROOT)));
        }
        throw new NodeFailure("TypeError", "'%s' is not what input '%s' needs".formatted(value, name));
    }

    /** A link's value, when there is one of that type. */
    <T extends Value> Optional<T> optional(String name, Class<T> type) {
        return Optional.ofNullable(inputs.get(name)).filter(type::isInstance).map(type::cast);
    }

    String text(String name) throws NodeFailure {
        return PythonText.str(plain(name));
    }

    double number(String name) throws NodeFailure {
        if (plain(name) instanceof JsonNumber number) {
            return number.asDouble();
        }
        throw new NodeFailure("TypeError", "input '%s' must be a real number".formatted(name));
    }

    int whole(String name) throws NodeFailure {
        return (int) number(name);
    }

    private JsonValue plain(String name) throws NodeFailure {
        return link(name, Value.Plain.class).json();
    }
}
