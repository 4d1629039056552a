package dev.gaze.example.shared;

import dev.gaze.api.Gaze;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobState;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Two processes with one library, one PostgreSQL and two servers. Each hands in half of the jobs; one is killed
 * (SIGKILL) in the middle of its work, and the other one finishes everything.
 */
public final class TwoProcesses {
    static final String HANDED_IN = "handed in";

    private TwoProcesses() {}

    /**
     * What is there when the survivor has ended.
     *
     * @param states of all jobs
     * @param recorded images that jobs name
     * @param files images on disk
     * @param leftovers half files
     * @param before images that were there when the one process was killed
     */
    public record Outcome(
            List<JobState> states, List<Path> recorded, List<Path> files, List<Path> leftovers, int before) {}

    /**
     * Plays it.
     *
     * @param postgres an empty server
     * @param folder an empty folder
     * @param jobs how many in all; even
     * @return what is there in the end
     */
    public static Outcome play(EmbeddedPostgres postgres, Path folder, int jobs) throws Exception {
        Path library = Files.createDirectories(folder.resolve("library"));
        Files.writeString(library.resolve("gaze.json"), "{\"limits\": {\"heartbeatSeconds\": 1}}");
        String database = postgres.getJdbcUrl("postgres", "postgres");
        try (EmbeddedComfy one = server(folder.resolve("one"));
                EmbeddedComfy two = server(folder.resolve("two"))) {
            List<String> arguments = List.of(
                    library.toString(),
                    database,
                    Integer.toString(jobs / 2),
                    one.address().toString(),
                    two.address().toString());
            Process doomed = start(arguments);
            Process survivor = start(arguments);
            int before;
            try {
                awaitHandedIn(doomed);
                awaitHandedIn(survivor);
                before = awaitImages(library, jobs / 4);
                doomed.destroyForcibly().waitFor();
                survivor.getOutputStream().close();
                if (!survivor.waitFor(4, TimeUnit.MINUTES) || survivor.exitValue() != 0) {
                    throw new IllegalStateException("The survivor did not end well");
                }
            } finally {
                doomed.destroyForcibly();
                survivor.destroyForcibly();
            }
            return look(library, database, jobs, before);
        }
    }

    private static EmbeddedComfy server(Path folder) throws IOException {
        EmbeddedComfy comfy =
                EmbeddedComfy.builder().folder(Files.createDirectories(folder)).start();
        comfy.models("checkpoints", List.of("Illustrious/model.safetensors"));
        comfy.stepsTake(Duration.ofMillis(10));
        return comfy;
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitHandedIn(Process worker) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (!HANDED_IN.equals(line)) {
            throw new IllegalStateException("A process said: " + line);
        }
    }

    private static int awaitImages(Path library, int enough) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        int there;
        do {
            there = files(library, "gen_").size();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only " + there + " images after two minutes");
            }
        } while (there < enough);
        return there;
    }

    private static Outcome look(Path library, String database, int jobs, int before) throws IOException {
        try (Gaze gaze = Gaze.builder().library(library).database(database).open()) {
            List<Job> all = gaze.jobs().list(Set.of(), 0, jobs * 2).items();
            return new Outcome(
                    all.stream().map(Job::state).toList(),
                    all.stream()
                            .flatMap(job -> job.result().stream())
                            .flatMap(result -> result.images().stream())
                            .map(Image::file)
                            .toList(),
                    files(library, "gen_"),
                    files(library, ".~"),
                    before);
        }
    }

    /** The files of that beginning; folders may appear and vanish meanwhile. */
    private static List<Path> files(Path library, String beginning) throws IOException {
        Path uploads = library.resolve("uploads");
        if (Files.notExists(uploads)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(uploads, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().startsWith(beginning)
                        && !file.getParent().endsWith(".state")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
