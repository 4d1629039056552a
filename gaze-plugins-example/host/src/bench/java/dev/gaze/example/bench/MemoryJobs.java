package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.image.ImageFiler;
import dev.gaze.core.image.ImageLimits;
import dev.gaze.core.image.MadeWith;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Jobs as they were before anything of them was written down: judged by the caller, made one after the other by the
 * thread of their server, filed with what made them. Nobody can look, list or cancel, and a crash loses all but the
 * images.
 */
final class MemoryJobs implements AutoCloseable {
    private final Gaze gaze;
    private final RenderServer server;
    private final SystemTime time = new SystemTime();
    private final ImageFiler filer;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    MemoryJobs(Gaze gaze, Path uploads) {
        this.gaze = gaze;
        server = gaze.servers().get(0);
        filer = new ImageFiler(uploads, ImageLimits.DEFAULT, time);
    }

    List<Image> generate(GenerationRequest request) throws Exception {
        JobId id = new JobId(UUID.randomUUID());
        RenderPlan plan = gaze.plan(request).withFilePrefix("gaze/memory/" + id + "/img");
        wire(plan); // whoever hands a job in is told at once when no server could make it
        return worker.submit(() -> make(id, request, plan)).get();
    }

    private Workflow wire(RenderPlan plan) {
        Workflow workflow = gaze.wirer().wire(gaze.template("default"), plan, server.facts());
        if (!gaze.wirer().check(workflow, plan, server.facts()).isEmpty()) {
            throw new IllegalStateException("The workflow does not suit the server");
        }
        return workflow;
    }

    private List<Image> make(JobId id, GenerationRequest request, RenderPlan plan)
            throws InterruptedException, ExecutionException {
        MadeWith madeWith = MadeWith.of(id, request, plan);
        CompletableFuture<RenderEvent.Finished> end = new CompletableFuture<>();
        server.start(UUID.randomUUID(), wire(plan), madeWith.pngInfo(), event -> {
            if (event instanceof RenderEvent.Finished finished) {
                end.complete(finished);
            } else if (event instanceof RenderEvent.Ended other) {
                end.completeExceptionally(new IllegalStateException(other.toString()));
            }
        });
        return filer.file(end.get().outputs(), null, madeWith, new NoNames(), Runnable::run)
                .images();
    }

    /** Nothing is reserved anywhere. */
    private static final class NoNames implements ImageFiler.Names {
        @Override
        public List<String> reserved() {
            return List.of();
        }

        @Override
        public boolean reserve(List<String> paths, Runnable meanwhile) {
            meanwhile.run();
            return true;
        }

        @Override
        public Instant sent() {
            return Instant.EPOCH;
        }

        @Override
        public boolean isLetGo() {
            return false;
        }

        @Override
        public void lastLook() {
            // nobody stops it
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        time.close();
    }
}
