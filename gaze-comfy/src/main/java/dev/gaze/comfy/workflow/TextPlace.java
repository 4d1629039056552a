package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.workflow.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where words stand in a graph: in an encoder itself, or in the text node its input is linked to.
 *
 * @param node the node that holds them
 * @param input the input that holds them
 * @param text what the template says there; blank when it is computed by other nodes
 */
record TextPlace(GraphNode node, String input, String text) {

    /**
     * The places that hold the words of a text role, the one with the placeholder first. An SDXL encoder has two, most
     * others have one.
     */
    static List<TextPlace> of(Graph graph, GraphNode encoder, Role role) {
        Placeholder placeholder = Placeholder.of(role);
        List<TextPlace> places = new ArrayList<>();
        encoder.inputs().forEach((input, value) -> {
            if (value instanceof JsonText text && placeholder.isIn(text.value())) {
                places.add(new TextPlace(encoder, input, text.value()));
            } else if (NodeShape.TEXTS.contains(input)) {
                places.add(
                        value instanceof JsonText text
                                ? new TextPlace(encoder, input, text.value())
                                : behind(graph, encoder, input, placeholder));
            }
        });
        places.sort(Comparator.comparing((TextPlace place) -> !placeholder.isIn(place.text)));
        return places;
    }

    /** Follows a linked text to the one text it comes from. A text joined from several is replaced as a whole. */
    private static TextPlace behind(Graph graph, GraphNode encoder, String input, Placeholder placeholder) {
        GraphNode source = graph.source(encoder, input);
        if (source != null) {
            for (GraphNode node : graph.upstream(source, NodeShape.towardsWords())) {
                for (Map.Entry<String, JsonValue> held : node.inputs().entrySet()) {
                    if (held.getValue() instanceof JsonText text && placeholder.isIn(text.value())) {
                        return new TextPlace(node, held.getKey(), text.value());
                    }
                }
            }
            TextPlace only = onlyText(graph, source);
            if (only != null) {
                return only;
            }
        }
        return new TextPlace(encoder, input, "");
    }

    private static @Nullable TextPlace onlyText(Graph graph, GraphNode node) {
        if (!graph.sources(node, input -> true).isEmpty()) {
            return null;
        }
        for (String input : NodeShape.TEXTS) {
            String text = node.text(input);
            if (text != null) {
                return new TextPlace(node, input, text);
            }
        }
        return null;
    }
}
