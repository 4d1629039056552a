package dev.gaze.core.small;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.NodeDefinition;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows one graph: text, checkpoint, sampler, save. Refuses a checkpoint or LoRA the server lacks. */
public final class SmallWirer implements WorkflowWirer {

    /** The facts of a server with some model files. */
    public static ServerFacts facts(String... files) {
        return new ServerFacts(
                true,
                Map.of(
                        "Files",
                        new NodeDefinition(
                                "Files",
                                Map.of(
                                        "file",
                                        new NodeDefinition.Input("COMBO", true, List.of(files), null, null, null)),
                                List.of(),
                                false)));
    }

    @Override
    public String id() {
        return "small";
    }

    @Override
    public WorkflowTemplate defaultTemplate() {
        return template("default", graph(), JsonObject.empty());
    }

    /** The graph of the default template. */
    public static JsonObject graph() {
        return JsonObject.of(
                "3",
                node("KSampler", "positive", new Link("6", 0).json(), "negative", new Link("7", 0).json(), "seed", 0),
                "6",
                node("CLIPTextEncode", "text", LiteralTexts.POSITIVE_PLACEHOLDER),
                "7",
                node("CLIPTextEncode", "text", ""),
                "9",
                node("SaveImage", "filename_prefix", "x", "images", new Link("3", 0).json()));
    }

    private static JsonObject node(String classType, Object... inputs) {
        return JsonObject.of("class_type", classType, "inputs", JsonObject.of(inputs));
    }

    @Override
    public WorkflowTemplate template(String name, JsonObject graph, JsonObject roles) {
        Workflow workflow = Workflow.of(graph);
        Map<Role, String> played = new LinkedHashMap<>();
        played.put(Role.SAMPLER, roles.text("sampler").orElse("3"));
        played.put(Role.POSITIVE, "6");
        played.put(Role.NEGATIVE, "7");
        played.put(Role.SAVE, "9");
        return new WorkflowTemplate(
                name, new Workflow(workflow.nodes(), played, Map.of(), List.of()), Map.of(), LiteralTexts.NONE);
    }

    @Override
    public Workflow wire(WorkflowTemplate template, RenderPlan plan, ServerFacts facts) {
        Workflow workflow = template.graph()
                .change("6", node -> node.with("text", plan.prompt().positive()))
                .change("7", node -> node.with("text", plan.prompt().negative()))
                .change(
                        "3",
                        node -> node.with(
                                "seed",
                                new dev.gaze.api.json.JsonNumber(
                                        plan.seeds().get(RenderPlan.SAMPLER).toString())))
                .change("9", node -> node.with("filename_prefix", String.valueOf(plan.filePrefix())));
        for (var lora : plan.loras()) {
            if (facts.known()
                    && !facts.options("Files", "file").contains(lora.lora().file())) {
                if (plan.missing() == Missing.REFUSE) {
                    throw new GazeException(
                            Kind.INVALID,
                            Problem.of("The server has no LoRA '" + lora.lora().file() + "'"));
                }
                workflow = workflow.warn(Problem.of("LoRA '" + lora.lora().file() + "' was left out"));
            } else {
                workflow = workflow.with(WorkflowNode.of(
                        workflow.freshId(),
                        "LoraLoader",
                        lora.slot(),
                        JsonObject.of("lora_name", lora.lora().file())));
            }
        }
        return workflow;
    }

    @Override
    public List<Problem> check(Workflow workflow, RenderPlan plan, ServerFacts facts) {
        boolean missing = plan.checkpoint() != null
                && facts.known()
                && !facts.options("Files", "file").contains(plan.checkpoint().path());
        return missing
                ? List.of(Problem.of(
                        "The server has no checkpoint '" + plan.checkpoint().path() + "'"))
                : List.of();
    }
}
