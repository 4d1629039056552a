package dev.gaze.core.engine;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds every text of a graph that reaches the positive input of a sampler, whatever nodes lie between: encoders,
 * combiners, text nodes of other packs. Names of model files are no texts; what reaches a negative input only is none
 * either.
 */
final class PositiveTexts {
    private static final String POSITIVE = "positive";
    private static final String NEGATIVE = "negative";
    private static final String CONDITIONING = "conditioning";

    private final Workflow workflow;
    private final Set<Link> visited = new HashSet<>();
    private final List<Text> texts = new ArrayList<>();

    /**
     * A text and where it stands.
     *
     * @param node the id of the node
     * @param input the name of the input
     * @param text the text
     */
    record Text(String node, String input, String text) {}

    private PositiveTexts(Workflow workflow) {
        this.workflow = workflow;
    }

    static List<Text> of(Workflow workflow) {
        PositiveTexts found = new PositiveTexts(workflow);
        workflow.nodes().values().stream().filter(PositiveTexts::draws).forEach(found::start);
        return found.texts;
    }

    /** Whatever takes a positive, or steers a model by one conditioning as {@code BasicGuider} does. */
    private static boolean draws(WorkflowNode node) {
        return node.input(POSITIVE).isPresent()
                || node.input("model").isPresent() && node.input(CONDITIONING).isPresent();
    }

    private void start(WorkflowNode node) {
        literals(node, NEGATIVE); // detailers take words of their own, efficient loaders the prompt itself
        node.link(POSITIVE).ifPresent(this::follow);
        node.link(CONDITIONING).ifPresent(this::follow);
    }

    private void follow(Link link) {
        WorkflowNode node = workflow.nodes().get(link.node());
        if (node == null || !visited.add(link)) {
            return;
        }
        String otherSide = otherSide(node, link);
        literals(node, otherSide);
        node.inputs().members().forEach((name, value) -> {
            if (!name.equals(otherSide)) {
                Link.of(value).ifPresent(this::follow);
            }
        });
    }

    /** A node that hands both sides on gives the positive at its first output, the negative at its second. */
    private static String otherSide(WorkflowNode node, Link link) {
        boolean both = node.input(POSITIVE).isPresent() && node.input(NEGATIVE).isPresent();
        return both && link.output() == 1 ? POSITIVE : NEGATIVE;
    }

    private void literals(WorkflowNode node, String except) {
        node.inputs().members().forEach((name, value) -> {
            boolean file = name.endsWith("_name") || name.equals("filename_prefix");
            if (value instanceof JsonText text && !file && !name.equals(except)) {
                texts.add(new Text(node.id(), name, text.value()));
            }
        });
    }
}
