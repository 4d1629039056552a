package dev.gaze.api.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a server: its nodes, and through them its model files, in its own spelling.
 *
 * @param known whether anything is; false for a preview without a server
 * @param nodes the definitions by class type
 */
public record ServerFacts(boolean known, Map<String, NodeDefinition> nodes) {
    private static final ServerFacts UNKNOWN = new ServerFacts(false, Map.of());

    /** Copies the map. */
    public ServerFacts {
        nodes = Map.copyOf(nodes);
    }

    /**
     * Nothing is known. Wiring then prunes nothing and spells names as the assets do.
     *
     * @return the facts of no server
     */
    public static ServerFacts unknown() {
        return UNKNOWN;
    }

    /**
     * One node.
     *
     * @param classType ComfyUI's name of it
     * @return its definition; empty when the server lacks it or nothing is known
     */
    public Optional<NodeDefinition> node(String classType) {
        return Optional.ofNullable(nodes.get(classType));
    }

    /**
     * What a choice may be, such as the LoRA files of {@code LoraLoader.lora_name}.
     *
     * @param classType ComfyUI's name of the node
     * @param input the name of the input
     * @return the options in the server's order; empty when there is no such choice
     */
    public List<String> options(String classType, String input) {
        List<String> options = node(classType)
                .flatMap(node -> node.input(input))
                .map(NodeDefinition.Input::options)
                .orElse(null);
        return options == null ? List.of() : options;
    }

    /**
     * The server's spelling of a file name: it uses its own path separator, and takes no other.
     *
     * @param classType ComfyUI's name of the node that loads the file
     * @param input the name of the input
     * @param file the name with forward slashes
     * @return the option that names this file; empty when the server lacks it
     */
    public Optional<String> spelling(String classType, String input, String file) {
        String wanted = file.replace('\\', '/');
        return options(classType, input).stream()
                .filter(option -> option.replace('\\', '/').equals(wanted))
                .findFirst();
    }

    /** How many nodes are known; the definitions themselves are too long to read. */
    @Override
    public String toString() {
        return known ? "ServerFacts[" + nodes.size() + " nodes]" : "ServerFacts[unknown]";
    }
}
