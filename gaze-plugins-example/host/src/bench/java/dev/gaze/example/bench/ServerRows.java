package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.client.ComfyClient;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The figures about the way to a server and back. Every run has a graph of its own, so that nothing is cached. */
final class ServerRows {
    private static final int PAIRS = 200;
    private static final int OUTSTANDING = 4;
    private static final int BURST = 200;

    private final Path work;
    private final AtomicInteger turn = new AtomicInteger();

    ServerRows(Path work) {
        this.work = work;
    }

    void measure(Consumer<Row> rows) throws Exception {
        ExecutorService callbacks = Executors.newSingleThreadExecutor();
        try (EmbeddedComfy comfy = EmbeddedComfy.start();
                SystemTime time = new SystemTime();
                ComfyClient client = new ComfyClient(ServerSettings.of(comfy.address()), time, callbacks);
                BareLoop bare = new BareLoop(comfy.address())) {
            rows.accept(Pairs.of(
                            100,
                            PAIRS,
                            () -> Pairs.millis(() -> run(client)),
                            () -> Pairs.millis(() -> bare.run(trivial())))
                    .atMost("client.run to image bytes / bare OkHttp loop", 1.15));
            rows.accept(generate(comfy, bare));
            rows.accept(Pairs.of(2, 9, () -> perSecond(() -> run(client)), () -> perSecond(() -> bare.run(trivial())))
                    .atLeast("images a second, 4 outstanding / the same bare loop", 0.95));
        } finally {
            callbacks.shutdownNow();
        }
    }

    private Row generate(EmbeddedComfy comfy, BareLoop bare) throws Exception {
        Path library = work.resolve("generate");
        SyntheticLibrary.write(library, 8);
        Path byHand = Files.createDirectories(work.resolve("images"));
        try (Gaze gaze = Gaze.builder().library(library).server(comfy.address()).open()) {
            GenerationRequest request =
                    GenerationRequest.mix().character("asset_0").size(64, 64).steps(1);
            comfy.models("loras", List.of("Illustrious/Looks/asset_0.safetensors"));
            Workflow wired = gaze.wirer()
                    .wire(
                            gaze.template("default"),
                            gaze.plan(request),
                            gaze.servers().get(0).facts());
            return Pairs.of(
                            JobRows.WARM_UP,
                            PAIRS,
                            () -> Pairs.millis(() -> gaze.generate(request.seed(turn.incrementAndGet()))
                                    .await(Duration.ofSeconds(30))
                                    .image()),
                            () -> {
                                String graph = withSeed(wired);
                                return Pairs.millis(() ->
                                        LibraryRows.writeForceMove(byHand.resolve(turn + ".png"), bare.run(graph)));
                            })
                    .atMost("gaze.generate to the filed image / bare loop + write-force-move", 1.5);
        }
    }

    private String withSeed(Workflow wired) {
        int seed = turn.incrementAndGet();
        return wired.change("3", sampler -> sampler.with("seed", seed)).toString();
    }

    private byte[] run(ComfyClient client) throws InterruptedException {
        RenderEvent.Ended ended = client.run(Workflow.parse(trivial())).await();
        if (ended instanceof RenderEvent.Finished finished) {
            return finished.outputs().get(0).source().read();
        }
        throw new IllegalStateException("The graph did not finish: " + ended);
    }

    private String trivial() {
        return """
                {"1": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64, "batch_size": 1, "color": %d}},
                 "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""".formatted(turn.incrementAndGet() & 0xFFFFFF);
    }

    private static double perSecond(Callable<byte[]> run) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(OUTSTANDING);
        try {
            long start = System.nanoTime();
            List<Future<byte[]>> all = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                all.add(callers.submit(run));
            }
            for (Future<byte[]> one : all) {
                one.get();
            }
            return BURST / ((System.nanoTime() - start) / 1e9);
        } finally {
            callers.shutdownNow();
        }
    }
}
