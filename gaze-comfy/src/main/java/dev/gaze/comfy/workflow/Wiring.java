package dev.gaze.comfy.workflow;

import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of {@code wire}: what is given, the copy being changed, and what was met on the way. */
final class Wiring {
    /** What wiring does, in order. Each step minds one matter and trusts those before it. */
    private static final List<Step> STEPS = List.of(
            MissingPasses::prune,
            Words::put,
            ModelFiles::put,
            LoraChain::build,
            Sampling::put,
            SavedFiles::name,
            NodeDefaults::fill);

    final WorkflowTemplate template;
    final RenderPlan plan;
    final ServerFacts facts;
    final Graph graph;
    private final Map<Role, String> roles = new EnumMap<>(Role.class);
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** One step of wiring. */
    @FunctionalInterface
    interface Step {
        void apply(Wiring wiring);
    }

    Wiring(WorkflowTemplate template, RenderPlan plan, ServerFacts facts) {
        this.template = template;
        this.plan = plan;
        this.facts = facts;
        this.graph = Graph.of(template.graph());
        roles.putAll(template.graph().roles());
    }

    Workflow run() {
        STEPS.forEach(step -> step.apply(this));
        if (!problems.isEmpty()) {
            throw new GazeException(
                    GazeException.Kind.INVALID,
                    problems.size() == 1 ? null : problems.size() + " problems with this workflow; nothing was sent",
                    problems);
        }
        return new Workflow(graph.freeze(), roles, Ends.of(graph, roles), warnings);
    }

    /** The node that plays a role; null when nobody does. */
    @Nullable
    GraphNode role(Role role) {
        return graph.node(roles.get(role));
    }

    /** The node that plays a role the plan cannot do without; null, with a problem noted, when nobody does. */
    @Nullable
    GraphNode required(Role role, String what) {
        GraphNode node = role(role);
        if (node == null) {
            problem(Problem.of("Template '%s' has no %s node, which %s needs"
                            .formatted(template.name(), role.key().replace('_', ' '), what))
                    .fix("say which node it is beside the template, such as {\"%s\": \"12\"}, or use another template"
                            .formatted(role.key())));
        }
        return node;
    }

    /** The output that gives the VAE now; null when the graph has none. */
    @Nullable
    Link vae() {
        return Ends.of(graph, roles).get("VAE");
    }

    void play(Role role, GraphNode node) {
        roles.put(role, node.id());
    }

    boolean playsAny(GraphNode node) {
        return roles.containsValue(node.id());
    }

    /** Takes a node away with whatever roles it plays. */
    void remove(GraphNode node) {
        graph.remove(node);
        roles.values().removeIf(node.id()::equals);
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    void warn(Problem warning) {
        warnings.add(warning);
    }
}
