package dev.gaze.example.faults;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Plays every case, prints the table and writes it as JSON to the file named by the first argument. */
final class Faults {
    private Faults() {}

    /** How a case went. */
    private record Result(Case played, String answer, double seconds, String falseNews) {
        boolean right() {
            return played.expected().contains(answer)
                    && seconds <= played.limit().toSeconds()
                    && falseNews.isEmpty();
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %-48s | %-20s | %7.1f | %5d | %-5s |%s",
                    played.name(),
                    answer,
                    seconds,
                    played.limit().toSeconds(),
                    right() ? "yes" : "NO",
                    falseNews.isEmpty() ? "" : " " + falseNews);
        }

        JsonObject json() {
            return JsonObject.of(
                    "name",
                    played.name(),
                    "answer",
                    answer,
                    "expected",
                    played.expected(),
                    "seconds",
                    seconds,
                    "limitSeconds",
                    played.limit().toSeconds(),
                    "falseNews",
                    falseNews,
                    "right",
                    right());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path report = Path.of(arguments[0]);
        String only = arguments.length > 1 && !arguments[1].equals("all") ? arguments[1] : "";
        List<Case> cases = new ArrayList<>(ServerCases.all());
        cases.addAll(DiskCases.all());
        cases.addAll(CrashCases.all());
        cases.addAll(ProcessCases.all());
        play(cases.get(0)); // unmeasured: every class loaded, so that limits are about faults
        System.out.println(
                "| what goes wrong                                  | answer               | seconds | limit | right |");
        System.out.println(
                "|--------------------------------------------------|----------------------|--------:|------:|-------|");
        List<Result> results = new ArrayList<>();
        for (Case one : cases) {
            if (one.name().contains(only)) {
                Result result = play(one);
                System.out.println(result.line());
                results.add(result);
            }
        }
        long right = results.stream().filter(Result::right).count();
        System.out.printf(
                Locale.ROOT,
                "%d of %d settled with the right answer in time, without false news.%n",
                right,
                results.size());
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.write(
                report,
                Json.pretty(JsonArray.of(results.stream().map(Result::json).toArray())));
        System.exit(right == results.size() ? 0 : 1);
    }

    private static Result play(Case one) throws Exception {
        Path folder = Files.createTempDirectory("gaze-faults");
        long start = System.nanoTime();
        try (Scene scene = new Scene(folder)) {
            start = System.nanoTime();
            String answer = one.play().in(scene);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(one, answer, seconds, scene.falseNews());
        } catch (RuntimeException broken) {
            return new Result(one, "broke: " + broken, (System.nanoTime() - start) / 1e9, "");
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
