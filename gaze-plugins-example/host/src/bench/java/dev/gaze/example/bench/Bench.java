package dev.gaze.example.bench;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs every measurement, prints the table and writes it as JSON to the file named by the first argument. */
final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path report = Path.of(arguments[0]);
        Path work = Files.createTempDirectory("gaze-bench");
        List<Row> rows = new ArrayList<>();
        try {
            rows.addAll(new LibraryRows(work).measure());
            rows.add(ComposeBenchmark.measure());
            rows.addAll(new ServerRows(work).measure());
        } finally {
            Folders.delete(work);
        }
        System.out.println(
                "| what / reference                                           |       ours |  reference |    ratio | spread              | target   | met |");
        System.out.println(
                "|------------------------------------------------------------|-----------:|-----------:|---------:|---------------------|----------|-----|");
        rows.forEach(row -> System.out.println(row.line()));
        System.out.println("Milliseconds, medians; throughput in images a second. Spread: quartiles of the single pairs.");
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.write(
                report, Json.pretty(JsonArray.of(rows.stream().map(Row::json).toArray())));
    }
}
