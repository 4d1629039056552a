package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a template: its roles, its LoRA loaders and what its own texts say (G15–G18, G21). */
final class TemplateReader {
    private final Graph graph;
    private final List<RoleRule> rules;
    private final GivenRoles given;
    private final Map<Role, GraphNode> roles = new EnumMap<>(Role.class);
    private final List<Problem> problems = new ArrayList<>();

    private TemplateReader(Graph graph, JsonObject given) {
        this.graph = graph;
        this.given = new GivenRoles(graph, given);
        this.rules = List.of(
                this.given, new RolesByPlaceholder(), new RolesByTitle(), new RolesByGraph(), new RolesByNumber());
    }

    static WorkflowTemplate read(String name, JsonObject json, JsonObject given) {
        Workflow workflow = Workflow.of(json);
        return new TemplateReader(Graph.of(workflow), given).template(name, workflow);
    }

    private WorkflowTemplate template(String name, Workflow workflow) {
        problems.addAll(given.problems());
        for (Role role : Role.values()) {
            GraphNode node = find(role);
            if (node != null) {
                roles.put(role, node);
            }
        }
        if (!problems.isEmpty()) {
            throw new GazeException(
                    GazeException.Kind.INVALID,
                    "Workflow template '%s' cannot be used".formatted(name),
                    problems.stream()
                            .map(problem -> problem.at("template " + name))
                            .toList());
        }
        Map<Role, String> ids = roles.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, role -> role.getValue().id()));
        return new WorkflowTemplate(
                name,
                new Workflow(workflow.nodes(), ids, Ends.of(graph, ids), List.of()),
                LoraLoaders.find(graph, roles, given.slots()),
                texts());
    }

    private @Nullable GraphNode find(Role role) {
        Set<GraphNode> choice = new LinkedHashSet<>();
        for (RoleRule rule : rules) {
            Collection<GraphNode> candidates = rule.candidates(role, graph, roles);
            if (choice.isEmpty()) {
                choice.addAll(candidates);
            } else if (candidates.stream().anyMatch(choice::contains)) {
                choice.retainAll(candidates);
            }
            if (choice.size() == 1) {
                return choice.iterator().next();
            }
        }
        if (!choice.isEmpty()) {
            problems.add(Problem.of("Role %s is ambiguous: %s"
                            .formatted(
                                    role.key(),
                                    choice.stream().map(GraphNode::toString).collect(Collectors.joining(", "))))
                    .fix("say which one it is beside the template: {\"%s\": \"%s\"}"
                            .formatted(role.key(), choice.iterator().next().id())));
        }
        return null;
    }

    private LiteralTexts texts() {
        return new LiteralTexts(
                text(Role.POSITIVE, LiteralTexts.NONE.positive()),
                withoutMark(text(Role.NEGATIVE, LiteralTexts.NONE.negative())),
                text(Role.FACE_PROMPT, LiteralTexts.NONE.face()),
                text(Role.HAND_PROMPT, LiteralTexts.NONE.hand()));
    }

    private String text(Role role, String otherwise) {
        GraphNode encoder = roles.get(role);
        List<TextPlace> places = encoder == null ? List.of() : TextPlace.of(graph, encoder, role);
        return places.isEmpty() ? otherwise : places.get(0).text();
    }

    /** The template's own negative words always go behind the others, wherever its mark stands. */
    private static String withoutMark(String negative) {
        if (!Placeholder.NEGATIVE.isIn(negative)) {
            return negative;
        }
        return Stream.of(negative.split(Pattern.quote(Placeholder.NEGATIVE.mark())))
                .map(part -> part.replaceAll("^[\\s,]+|[\\s,]+$", ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
