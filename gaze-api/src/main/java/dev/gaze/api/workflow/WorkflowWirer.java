package dev.gaze.api.workflow;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.problem.Problem;
import java.util.List;

/**
 * Knows ComfyUI's graphs: finds the roles of a template, puts a plan into it, and checks the result against a server.
 * Every method is pure. gaze-comfy brings one; GAZE uses the one that is there. {@code gaze.wirer()} gives it with the
 * installed {@link WorkflowPatch}es and the deny list behind {@link #wire}.
 */
public interface WorkflowWirer extends Extension {

    /**
     * Reads a template and finds its roles: from {@code roles}, then placeholders such as {@code {{POSITIVE_PROMPT}}},
     * then node titles, then the graph itself, then the node numbers of the original (G15).
     *
     * @param name the name it will be found by
     * @param graph a graph in API format
     * @param roles role (or {@code lora:<slot>}) → node id, given by the user; empty when nothing is given
     * @return the template
     * @throws dev.gaze.api.problem.GazeException when a role is ambiguous or a named node does not exist, with the
     *     candidates; when the graph is in editor format
     */
    WorkflowTemplate template(String name, JsonObject graph, JsonObject roles);

    /**
     * The template used when the library has none of its own.
     *
     * @return the shipped one, named {@code default}
     */
    WorkflowTemplate defaultTemplate();

    /**
     * Puts a plan into a copy of a template. Texts arrive finished and are not changed.
     *
     * @param template the graph and its roles
     * @param plan what is to be made
     * @param facts what is known of the server that will make it
     * @return the graph to send, with a warning for everything that was left out
     * @throws dev.gaze.api.problem.GazeException when the template lacks a role the plan needs, or the server lacks a
     *     model file and the plan does not allow to go without; all of them at once, with the nearest names
     */
    Workflow wire(WorkflowTemplate template, RenderPlan plan, ServerFacts facts);

    /**
     * Finds everything a server would refuse, before it is sent: unknown nodes, missing model files, values out of
     * range, missing inputs, dangling links, cycles.
     *
     * @param workflow a wired graph
     * @param plan what it makes, so that a problem can name the asset it comes from
     * @param facts what is known of the server; with unknown facts only the graph itself is checked
     * @return all problems, empty when there are none
     */
    List<Problem> check(Workflow workflow, RenderPlan plan, ServerFacts facts);
}
