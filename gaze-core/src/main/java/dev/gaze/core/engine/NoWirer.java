package dev.gaze.core.engine;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import java.util.List;

/** Stands where no plugin knows graphs: assets and prompts still work, and whoever needs a graph is told what is missing. */
record NoWirer() implements WorkflowWirer {

    @Override
    public String id() {
        return "none";
    }

    @Override
    public WorkflowTemplate template(String name, JsonObject graph, JsonObject roles) {
        throw refusal();
    }

    @Override
    public WorkflowTemplate defaultTemplate() {
        throw refusal();
    }

    @Override
    public Workflow wire(WorkflowTemplate template, RenderPlan plan, ServerFacts facts) {
        throw refusal();
    }

    @Override
    public List<Problem> check(Workflow workflow, RenderPlan plan, ServerFacts facts) {
        throw refusal();
    }

    private static GazeException refusal() {
        return new GazeException(
                Kind.UNAVAILABLE,
                Problem.of("No installed plugin knows workflow graphs")
                        .fix("put dev.gaze:gaze-comfy beside gaze-core"));
    }
}
