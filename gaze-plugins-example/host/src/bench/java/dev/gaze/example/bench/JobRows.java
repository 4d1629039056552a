package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The figures about jobs: what writing them down costs, and how well several servers are kept busy. */
final class JobRows {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration RUN = Duration.ofMillis(400);
    private static final Duration LOAD = Duration.ofSeconds(2);
    private static final int COMMITS = 10;
    private static final int OUTSTANDING = 4;
    private static final int BURST = 100;

    /**
     * Jobs before measuring: the path from a request to an image is long. With two cores the compiler is busy with it for
     * some 2,500 jobs, and makes them wait.
     */
    static final int WARM_UP = 4_000;

    private final Path work;
    private final AtomicInteger turn = new AtomicInteger();

    JobRows(Path work) {
        this.work = work;
    }

    void measure(Consumer<Row> rows) throws Exception {
        durable(rows);
        rows.accept(equalServers());
        rows.accept(sixCheckpoints());
        double ratio = ChildJvm.run(
                ManyQueued.class, List.of("-Xmx256m"), folder("many").toString());
        rows.accept(
                new Row("rate of handing in, last of 100,000 / first (-Xmx256m)", ratio, 1, ratio, ratio, 0.5, true));
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    /** The smallest picture that is one: nothing to load, nothing to sample. */
    private GenerationRequest trivial() {
        return GenerationRequest.mix()
                .plus("a lighthouse")
                .size(64, 64)
                .steps(1)
                .seed(turn.incrementAndGet());
    }

    // What writing down costs ----------------------------------------------------------------------------------------

    private void durable(Consumer<Row> rows) throws Exception {
        Path library = folder("durable");
        try (EmbeddedComfy comfy = EmbeddedComfy.builder().previews(false).start();
                Gaze gaze =
                        Gaze.builder().library(library).server(comfy.address()).open();
                MemoryJobs memory = new MemoryJobs(gaze, folder("memory"));
                Commits commits = new Commits(folder("commits"))) {
            rows.accept(Pairs.of(
                            WARM_UP,
                            600,
                            () -> Pairs.millis(() -> gaze.generate(trivial()).await(LONG)),
                            () -> Pairs.millis(() -> memory.generate(trivial())) + COMMITS * commit(commits))
                    .atMost("durable generate / jobs in memory + 10 commits", 1));
            rows.accept(Pairs.of(
                            4,
                            7,
                            () -> perSecond(() -> gaze.generate(trivial()).await(LONG)),
                            () -> perSecond(() -> memory.generate(trivial())))
                    .atLeast("durable images a second, 4 outstanding / in memory", 0.5));
            dispatch(commits, rows);
        }
    }

    private static double commit(Commits commits) throws Exception {
        return Pairs.millis(() -> {
                    for (int i = 0; i < COMMITS; i++) {
                        commits.commit();
                    }
                })
                / COMMITS;
    }

    /** From handing a job to an idle library to the moment it is sent. */
    private void dispatch(Commits commits, Consumer<Row> rows) throws Exception {
        int count = 200;
        double[] ours = new double[count];
        double[] reference = new double[count];
        InstantBackend backend = new InstantBackend();
        try (Gaze gaze = Gaze.builder()
                .library(folder("dispatch"))
                .plugin(backend)
                .server(ServerSettings.of(URI.create("instant:bench")))
                .open()) {
            for (int i = -WARM_UP; i < count; i++) {
                double took = idleDispatch(gaze, backend);
                double commit = Pairs.millis(commits::commit);
                if (i >= 0) {
                    ours[i] = took;
                    reference[i] = commit;
                }
            }
        }
        Pairs pairs = new Pairs(ours, reference);
        rows.accept(pairs.atMost("idle dispatch, submit to POST, p50 / one commit, p50", 8));
        double p95 = Pairs.quantile(ours, 0.95);
        double commit95 = Pairs.quantile(reference, 0.95);
        rows.accept(new Row(
                "idle dispatch, submit to POST, p95 / one commit, p95",
                p95,
                commit95,
                p95 / commit95,
                p95 / commit95,
                8,
                false));
    }

    private double idleDispatch(Gaze gaze, InstantBackend backend) {
        long start = System.nanoTime();
        gaze.generate(trivial()).await(LONG);
        return (backend.sent() - start) / 1e6;
    }

    private double perSecond(Callable<?> run) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(OUTSTANDING);
        try {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                all.add(callers.submit(run));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return BURST / ((System.nanoTime() - start) / 1e9);
        } finally {
            callers.shutdownNow();
        }
    }

    // Several servers ------------------------------------------------------------------------------------------------

    /** Four servers that take 400 ms for a job, and as long as is said to load a checkpoint. */
    private double wall(String name, Duration load, List<GenerationRequest> requests) throws Exception {
        Path library = folder(name);
        Files.createDirectories(library.resolve("data/workflows"));
        Files.writeString(library.resolve("data/workflows/tiny.json"), TINY);
        Files.createDirectories(library.resolve("data/checkpoints"));
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            files.add("c%d.safetensors".formatted(i));
            Files.writeString(library.resolve("data/checkpoints/c%d.json".formatted(i)), """
                    {"checkpoint_path": "c%d.safetensors", "checkpoint_name": "c%d"}""".formatted(i, i));
        }
        List<EmbeddedComfy> servers = new ArrayList<>();
        try {
            var builder = Gaze.builder().library(library);
            for (int i = 0; i < 4; i++) {
                EmbeddedComfy comfy = EmbeddedComfy.builder().previews(false).start();
                servers.add(comfy);
                comfy.models("checkpoints", files);
                builder.server(comfy.address());
            }
            try (Gaze gaze = builder.open()) {
                gaze.jobs().batch(warmUp()).await(LONG);
                servers.forEach(comfy -> {
                    comfy.samplersTake(RUN);
                    comfy.loadsTake(load, Duration.ZERO);
                });
                long start = System.nanoTime();
                var end = gaze.jobs().batch(requests).await(LONG);
                if (end.done() != requests.size()) {
                    throw new IllegalStateException(end.toString());
                }
                return (System.nanoTime() - start) / 1e6;
            }
        } finally {
            servers.forEach(EmbeddedComfy::close);
        }
    }

    /** Every class loaded, every connection open. */
    private List<GenerationRequest> warmUp() {
        return IntStream.range(0, 40).mapToObj(i -> tiny(0)).toList();
    }

    private GenerationRequest tiny(int checkpoint) {
        return trivial().template("tiny").checkpoint("c" + checkpoint + "_safetensors");
    }

    private Row equalServers() throws Exception {
        double ideal = 100.0 * RUN.toMillis() / 4;
        double wall = wall(
                "equal",
                Duration.ZERO,
                IntStream.range(0, 100).mapToObj(i -> tiny(0)).toList());
        return new Row(
                "100 jobs of 400 ms on 4 servers / their time by 4",
                wall,
                ideal,
                wall / ideal,
                wall / ideal,
                1.05,
                false);
    }

    private Row sixCheckpoints() throws Exception {
        Random random = new Random(7);
        Map<Integer, Integer> counts = new HashMap<>();
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int checkpoint = random.nextInt(6);
            counts.merge(checkpoint, 1, Integer::sum);
            requests.add(tiny(checkpoint));
        }
        double least = (200.0 * RUN.toMillis() + counts.size() * (double) LOAD.toMillis()) / 4;
        double wall = wall("swaps", LOAD, requests);
        return new Row(
                "200 jobs, 6 checkpoints, swaps of 2 s / work by 4",
                wall,
                least,
                wall / least,
                wall / least,
                1.15,
                false);
    }

    private static final String TINY = """
            {"4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "c0.safetensors"}},
             "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
             "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "{{POSITIVE_PROMPT}}", "clip": ["4", 1]}},
             "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "", "clip": ["4", 1]}},
             "3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 1, "cfg": 5, "sampler_name": "euler",
                   "scheduler": "normal", "denoise": 1, "model": ["4", 0], "positive": ["6", 0],
                   "negative": ["7", 0], "latent_image": ["5", 0]}},
             "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
             "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "img", "images": ["8", 0]}}}
            """;
}
