package dev.gaze.api.workflow;

import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;

/**
 * A last change to a wired workflow, such as an upscale pass behind the decoder.
 *
 * <p>Patches run after every prompt, LoRA and setting is in place, in {@link #position} order; each gets what the one
 * before it returned. They see roles and typed {@linkplain Workflow#end ends}, never node numbers, so plugins that have
 * not met cannot collide. Several workflows may be wired at once: a patch keeps no state between calls.
 */
public interface WorkflowPatch extends Extension {

    /**
     * Where this patch stands among the others.
     *
     * @return beside another patch, or {@link Position#ANYWHERE}: ties are settled by id, never by class path order
     */
    default Position position() {
        return Position.ANYWHERE;
    }

    /**
     * Returns {@code workflow} with this patch's nodes added, or unchanged when the plan does not ask for it.
     *
     * @param workflow complete and valid as it stands; immutable, so keep what you need
     * @param plan what is being made
     * @return the changed workflow
     * @throws dev.gaze.api.problem.GazeException if the plan asks for something this patch cannot do; the job then
     *     fails before it is sent
     */
    Workflow apply(Workflow workflow, RenderPlan plan);
}
