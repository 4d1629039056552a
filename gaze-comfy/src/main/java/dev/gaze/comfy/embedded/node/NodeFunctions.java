package dev.gaze.comfy.embedded.node;

import java.util.HashMap;
import java.util.Map;

/** The functions by node class. */
public final class NodeFunctions {
    private final Map<String, NodeFunction> functions = new HashMap<>();

    /** All that GAZE brings. */
    public NodeFunctions() {
        functions.putAll(ModelNodes.ALL);
        functions.putAll(SamplerNodes.ALL);
        functions.putAll(ImageNodes.ALL);
        functions.putAll(OutputNodes.ALL);
    }

    /** An entry of a table of functions; spelled out because Java infers no lambda inside {@link Map#entry}. */
    static Map.Entry<String, NodeFunction> node(String classType, NodeFunction function) {
        return Map.entry(classType, function);
    }

    /** What a class does; handing inputs through when nothing is known of it. */
    public NodeFunction of(String classType) {
        return functions.getOrDefault(classType, HandThrough::run);
    }
}
