package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the finished words into their nodes. Nothing is composed here: positive and negative arrive whole, face and hand
 * words go where their placeholder stands, and every other placeholder of the graph is filled as well (G28).
 */
final class Words {
    private final Wiring wiring;
    private final Prompt prompt;

    /** Finished texts by place, so that filling placeholders keeps away from them. */
    private final Map<Place, String> texts = new HashMap<>();

    private record Place(String node, String input) {}

    private Words(Wiring wiring) {
        this.wiring = wiring;
        this.prompt = wiring.plan.prompt();
    }

    static void put(Wiring wiring) {
        Words words = new Words(wiring);
        words.place();
        words.fill();
    }

    private void place() {
        GraphNode positive = wiring.required(Role.POSITIVE, "the prompt");
        if (positive != null) {
            List<TextPlace> places = TextPlace.of(wiring.graph, positive, Role.POSITIVE);
            boolean marked =
                    !places.isEmpty() && Placeholder.POSITIVE.isIn(places.get(0).text());
            for (TextPlace place : places) {
                if (!marked || place.text().equals(places.get(0).text())) {
                    put(place, prompt.positive());
                }
            }
        }
        GraphNode negative = wiring.role(Role.NEGATIVE);
        if (negative != null) {
            TextPlace.of(wiring.graph, negative, Role.NEGATIVE).forEach(place -> put(place, prompt.negative()));
        } else if (!prompt.negative().isBlank()) {
            wiring.warn(Problem.of("The negative words are not sent: template '%s' has no negative encoder"
                            .formatted(wiring.template.name()))
                    .fix("say which node it is beside the template: {\"negative\": \"7\"}"));
        }
        detail(Role.FACE_PROMPT, prompt.faceSent());
        detail(Role.HAND_PROMPT, prompt.handSent());
    }

    private void detail(Role role, String words) {
        GraphNode encoder = wiring.role(role);
        if (encoder != null) {
            for (TextPlace place : TextPlace.of(wiring.graph, encoder, role)) {
                boolean marked = place.text().contains("{{");
                put(place, marked ? Placeholder.fill(place.text(), prompt) : words);
            }
        }
    }

    /** The first text of a place stays: one encoder for several passes says the words of the first. */
    private void put(TextPlace place, String text) {
        texts.putIfAbsent(new Place(place.node().id(), place.input()), text);
    }

    private void fill() {
        for (GraphNode node : wiring.graph.nodes()) {
            node.inputs().forEach((input, value) -> {
                if (value instanceof JsonText text && text.value().contains("{{")) {
                    texts.computeIfAbsent(new Place(node.id(), input), place -> Placeholder.fill(text.value(), prompt));
                }
            });
        }
        texts.forEach((place, text) -> {
            GraphNode node = wiring.graph.node(place.node());
            if (node != null) {
                node.set(place.input(), text);
            }
        });
    }
}
