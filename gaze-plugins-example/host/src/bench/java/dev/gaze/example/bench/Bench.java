package dev.gaze.example.bench;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs every measurement, prints the table and writes it as JSON to the file named by the first argument. */
final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path report = Path.of(arguments[0]);
        Path work = Files.createTempDirectory("gaze-bench");
        List<Row> rows = new ArrayList<>();
        System.out.println(
                "| what / reference                                                 |       ours |  reference |    ratio | spread              | target   | met |");
        System.out.println(
                "|------------------------------------------------------------------|-----------:|-----------:|---------:|---------------------|----------|-----|");
        Consumer<Row> told = row -> {
            System.out.println(row.line());
            rows.add(row);
        };
        try {
            new ServerRows(work).measure(told);
            told.accept(ComposeBenchmark.measure());
            new LibraryRows(work, told).measure();
        } finally {
            Folders.delete(work);
        }
        System.out.println(
                "Milliseconds, medians; throughput in images a second. Spread: quartiles of the ratios of single pairs.");
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.write(
                report, Json.pretty(JsonArray.of(rows.stream().map(Row::json).toArray())));
    }
}
