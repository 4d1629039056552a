package dev.gaze.api.job;

import dev.gaze.api.image.Image;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Workflow;
import java.util.List;
import java.util.Objects;

/**
 * What a job that is done has made, with every step that led there.
 *
 * @param images at least one, in the order of the workflow's output nodes
 * @param plan what was to be made
 * @param workflow what was sent
 * @param warnings what was passed over, left out or replaced on the way, from the prompt to the last file
 */
public record JobResult(List<Image> images, RenderPlan plan, Workflow workflow, List<Problem> warnings) {

    /** Copies the lists and checks that there is an image. */
    public JobResult {
        images = List.copyOf(images);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(workflow, "workflow");
        if (images.isEmpty()) {
            throw new IllegalArgumentException("A job that is done has at least one image");
        }
    }

    /**
     * The image; the first one when the workflow makes several.
     *
     * @return an image on disk
     */
    public Image image() {
        return images.get(0);
    }
}
