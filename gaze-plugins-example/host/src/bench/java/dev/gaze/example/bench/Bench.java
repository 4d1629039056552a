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
            if (rowsOf("server", arguments)) {
                new ServerRows(work).measure(told);
            }
            if (rowsOf("compose", arguments)) {
                told.accept(ComposeBenchmark.measure());
            }
            if (rowsOf("library", arguments)) {
                new LibraryRows(work, told).measure();
            }
            if (rowsOf("tags", arguments)) {
                new TagRows(work, told).measure();
            }
            if (rowsOf("wildcards", arguments)) {
                new WildcardRows(work, told).measure();
            }
            if (rowsOf("writer", arguments)) {
                new WriterRows(work, told).measure();
            }
            if (rowsOf("chat", arguments)) {
                new ChatRows(told).measure();
            }
            if (rowsOf("jobs", arguments)) {
                new JobRows(work).measure(told);
            }
        } finally {
            Folders.delete(work);
        }
        System.out.println(
                "Milliseconds, medians; throughput in images a second. Spread: quartiles of the ratios of single pairs.");
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.write(
                report, Json.pretty(JsonArray.of(rows.stream().map(Row::json).toArray())));
    }

    /** {@code mvn -q -Pbench -Dbench.rows=jobs} measures a part. */
    private static boolean rowsOf(String part, String[] arguments) {
        return arguments.length < 2 || arguments[1].equals("all") || arguments[1].equals(part);
    }
}
