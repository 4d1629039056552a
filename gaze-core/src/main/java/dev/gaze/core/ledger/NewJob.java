package dev.gaze.core.ledger;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.job.BatchId;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.Priority;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that is to be written down.
 *
 * @param id its id
 * @param request what was asked for
 * @param plan what is to be made
 * @param template the graph it goes into
 * @param filedUnder the asset its picture is filed under; null for none
 * @param warnings what was noticed when it was taken in
 * @param priority how urgent it is
 * @param batch the batch it belongs to; null for none
 * @param item its place in the batch
 * @param retryOf the job it is tried again for; null for a first try
 */
public record NewJob(
        JobId id,
        GenerationRequest request,
        RenderPlan plan,
        WorkflowTemplate template,
        @Nullable AssetKey filedUnder,
        List<Problem> warnings,
        Priority priority,
        @Nullable BatchId batch,
        int item,
        @Nullable JobId retryOf) {}
