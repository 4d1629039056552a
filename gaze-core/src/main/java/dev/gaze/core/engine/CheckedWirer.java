package dev.gaze.core.engine;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.core.prompt.DenyList;
import java.util.List;

/**
 * The installed wirer with everything that comes behind it: the patches in their order, then the deny list, once more on
 * what will really be sent, as a template or a patch may bring texts of its own.
 *
 * @param wirer knows graphs
 * @param patches in the order in which they run
 * @param denied what no positive text may hold
 */
record CheckedWirer(WorkflowWirer wirer, List<WorkflowPatch> patches, DenyList denied) implements WorkflowWirer {

    @Override
    public String id() {
        return wirer.id();
    }

    @Override
    public WorkflowTemplate template(String name, JsonObject graph, JsonObject roles) {
        return wirer.template(name, graph, roles);
    }

    @Override
    public WorkflowTemplate defaultTemplate() {
        return wirer.defaultTemplate();
    }

    @Override
    public Workflow wire(WorkflowTemplate template, RenderPlan plan, ServerFacts facts) {
        Workflow workflow = wirer.wire(template, plan, facts);
        for (WorkflowPatch patch : patches) {
            workflow = patched(workflow, patch, plan);
        }
        requireAllowed(workflow);
        return workflow;
    }

    @Override
    public List<Problem> check(Workflow workflow, RenderPlan plan, ServerFacts facts) {
        return wirer.check(workflow, plan, facts);
    }

    private static Workflow patched(Workflow workflow, WorkflowPatch patch, RenderPlan plan) {
        try {
            return patch.apply(workflow, plan);
        } catch (GazeException refused) {
            throw refused;
        } catch (RuntimeException broken) {
            throw new GazeException(
                    Kind.FAILED,
                    null,
                    List.of(Problem.of("Workflow patch '%s' failed: %s".formatted(patch.id(), broken))
                            .at(patch.getClass().getName())
                            .fix("report it to its plugin, or leave the plugin out: Gaze.builder().without(…)")),
                    broken);
        }
    }

    private void requireAllowed(Workflow workflow) {
        List<Problem> problems = PositiveTexts.of(workflow).stream()
                .flatMap(text -> denied
                        .check(text.text())
                        .map(name -> Problem.of("'%s' is on the deny list; GAZE makes no such pictures".formatted(name))
                                .at("input '%s' of node %s".formatted(text.input(), text.node()))
                                .fix("remove it from the workflow template, or the patch that adds it"))
                        .stream())
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw new GazeException(Kind.REFUSED, null, problems);
        }
    }
}
