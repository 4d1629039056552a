package dev.gaze.comfy.workflow;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** How ComfyUI draws a plan. Keeps no state; every method is pure and may be called from any thread. */
public final class ComfyWirer implements WorkflowWirer {

    /** A wirer; all are alike. */
    public ComfyWirer() {}

    @Override
    public String id() {
        return "comfy";
    }

    @Override
    public WorkflowTemplate template(String name, JsonObject graph, JsonObject roles) {
        return TemplateReader.read(name, graph, roles);
    }

    @Override
    public WorkflowTemplate defaultTemplate() {
        return Shipped.TEMPLATE;
    }

    @Override
    public Workflow wire(WorkflowTemplate template, RenderPlan plan, ServerFacts facts) {
        return new Wiring(template, plan, facts).run();
    }

    @Override
    public List<Problem> check(Workflow workflow, RenderPlan plan, ServerFacts facts) {
        return new Preflight(workflow, plan, facts).problems();
    }

    /** Read once: a constant of the class path. */
    private static final class Shipped {
        private static final WorkflowTemplate TEMPLATE = read();

        private static WorkflowTemplate read() {
            try (InputStream resource =
                    Objects.requireNonNull(ComfyWirer.class.getResourceAsStream("default.json"), "default.json")) {
                return TemplateReader.read(
                        "default", Json.object(resource.readAllBytes(), JsonLimits.FILE), JsonObject.empty());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
