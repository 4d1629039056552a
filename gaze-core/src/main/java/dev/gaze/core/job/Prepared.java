package dev.gaze.core.job;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.workflow.WorkflowTemplate;
import org.jspecify.annotations.Nullable;

/**
 * A request after every step that needs no server.
 *
 * @param request what was asked for
 * @param plan what is to be made
 * @param template the graph it goes into
 * @param filedUnder the asset its picture is filed under; null for a picture of words alone
 */
public record Prepared(
        GenerationRequest request,
        RenderPlan plan,
        WorkflowTemplate template,
        @Nullable AssetKey filedUnder) {

    Prepared withFilePrefix(String prefix) {
        return new Prepared(request, plan.withFilePrefix(prefix), template, filedUnder);
    }
}
