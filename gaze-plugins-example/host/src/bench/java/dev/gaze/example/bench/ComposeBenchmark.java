package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One full request, from names to a wired graph, against parsing its files and copying and writing the graph by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class ComposeBenchmark {
    private static final GenerationRequest REQUEST = GenerationRequest.mix()
            .character("asset_0")
            .with("look", "asset_1")
            .with("outfit", "asset_2")
            .with("action", "asset_3")
            .with("scene", "asset_4")
            .with("style", "asset_5")
            .with("detailer", "asset_6")
            .size(832, 1216)
            .seed(42);
    private static final List<String> FILES =
            List.of("characters", "looks", "clothing", "actions", "scenes", "styles", "detailers");

    private final JsonMapper mapper = new JsonMapper();
    private final List<byte[]> files = new ArrayList<>();
    private Path library;
    private Gaze gaze;
    private WorkflowTemplate template;
    private JsonNode wired;

    /** Writes and opens a small library, and keeps what the reference works on. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        library = Files.createTempDirectory("gaze-compose");
        SyntheticLibrary.write(library, 16);
        for (int i = 0; i < FILES.size(); i++) {
            files.add(Files.readAllBytes(
                    library.resolve("data").resolve(FILES.get(i)).resolve("asset_" + i + ".json")));
        }
        gaze = Gaze.builder().library(library).embedded().open();
        template = gaze.template("default");
        wired = mapper.readTree(composePlanWire().toString());
    }

    /** Closes and deletes the library. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        gaze.close();
        Folders.delete(library);
    }

    /** What GAZE does. */
    @Benchmark
    public Workflow composePlanWire() {
        return gaze.wirer().wire(template, gaze.plan(REQUEST), ServerFacts.unknown());
    }

    /** What nobody can do without. */
    @Benchmark
    public int parseCopyWrite() {
        int size = 0;
        for (byte[] file : files) {
            size += mapper.readTree(file).size();
        }
        return size + mapper.writeValueAsBytes(wired.deepCopy()).length;
    }

    static Row measure() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ComposeBenchmark.class.getName())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        return new Pairs(scores(results, "composePlanWire"), scores(results, "parseCopyWrite"))
                .atMost("compose + plan + wire / parse 7 files + copy + write graph", 5.0);
    }

    private static double[] scores(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith(method))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(primary -> primary.getScore())
                .toArray();
    }
}
