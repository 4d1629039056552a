package dev.gaze.core.job;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.core.image.Covers;
import dev.gaze.core.image.ImageFiler;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What jobs are made with.
 *
 * @param prepare takes a request through every step that needs no server; throws what is wrong with it
 * @param wirer knows graphs, with patches and deny list
 * @param filer puts images on disk
 * @param covers remembers them with their assets
 * @param categories all of them, in their order
 * @param time the clock and timer
 * @param callbacks runs listeners that name no executor
 */
public record Workshop(
        Function<GenerationRequest, Prepared> prepare,
        WorkflowWirer wirer,
        ImageFiler filer,
        Covers covers,
        List<String> categories,
        Time time,
        Executor callbacks) {}
