package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.example.project.SampleLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about jobs, on the sample library and the embedded server. */
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobCommandsTest {
    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void copy() throws Exception {
        library = SampleLibrary.copyTo(folder);
    }

    private HostRun run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--library", library.toString()));
        arguments.addAll(Arrays.asList(options));
        return HostRun.of(arguments.toArray(String[]::new));
    }

    @Test
    @Tag("G109")
    @Tag("G124")
    void missing_covers_are_made_by_display_name_and_shown_on_a_sheet() {
        Path sheet = folder.resolve("sheet.png");

        HostRun covers = run("covers", "style", "--sheet", sheet.toString());

        assertThat(covers.code()).isZero();
        assertThat(sheet).exists();
        assertThat(covers.out()).contains("covers: style").endsWith(sheet.toAbsolutePath() + System.lineSeparator());
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            assertThat(gaze.assets("style").withoutCover()).isEmpty();
            List<String> made = gaze.jobs().batches(0, 1).items().get(0).jobs().stream()
                    .map(job -> job.request().selection().madeFor().slug())
                    .toList();
            assertThat(made)
                    .isEqualTo(gaze.assets("style").list().stream()
                            .map(AssetSummary::slug)
                            .toList());
        }
        assertThat(run("covers", "style").out()).contains("every asset has one");
    }

    @Test
    @Tag("I5")
    @Tag("I9")
    @Tag("I10")
    void a_file_of_lines_becomes_a_batch_that_is_listed_afterwards() throws Exception {
        Path lines = Files.writeString(folder.resolve("lines.txt"), "a lighthouse\n\n  rain on a window  \n");

        HostRun batch = run("batch", lines.toString(), "--size", "64x64");

        assertThat(batch.code()).isZero();
        assertThat(batch.out()).contains("2 of 2 done");
        HostRun jobs = run("jobs", "--state", "done");
        assertThat(jobs.out()).contains("2 of 2").contains("gen_");
        String id = jobs.out().lines().findFirst().orElseThrow().split(" ")[0];
        assertThat(run("cancel", id).out()).contains("had ended already");
        assertThat(run("retry", id).err()).contains("only one that failed");
    }

    @Test
    @Tag("I5")
    void a_batch_that_nobody_waits_for_any_more_is_found_and_followed_to_its_end() throws Exception {
        Path lines =
                Files.writeString(folder.resolve("lines.txt"), "a lighthouse, %s\nrain\n".formatted("sea ".repeat(60)));
        String batch;
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            gaze.jobs().pause();
            batch = gaze.jobs()
                    .batch(
                            "two",
                            Files.readAllLines(lines).stream()
                                    .map(line ->
                                            GenerationRequest.mix().plus(line).size(64, 64))
                                    .toList())
                    .id()
                    .toString();
        }

        assertThat(run("batches").lines()).anyMatch(line -> line.matches(batch + "  [-\\d: ]{16}  0 of 2 done  two"));
        HostRun waiting = run("jobs", "--batch", batch);
        assertThat(waiting.lines())
                .anyMatch(line -> line.matches("\\S{36}  queued     [-\\d: ]{16}  batch " + batch + "  place 2  rain"));
        HostRun shown = HostRun.of(true, Map.of(), "jobs", "--library", library.toString());
        assertThat(shown.lines())
                .contains("  batch " + batch, "  rain")
                .anyMatch(line -> line.startsWith("  a lighthouse, sea") && line.endsWith("…"))
                .allMatch(line -> line.length() < 80);

        run("resume");
        Path sheet = folder.resolve("sheet.png");
        HostRun followed = run("follow", batch, "--sheet", sheet.toString());

        assertThat(followed.code()).isZero();
        assertThat(followed.out()).contains("2 of 2 done", "gen_");
        assertThat(sheet).exists();
        String job = waiting.lines().get(0).split(" ")[0];
        assertThat(run("follow", job).lastLine()).endsWith(".png");
        assertThat(run("follow", job, "--sheet", sheet.toString()).code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void a_batch_that_was_cancelled_is_not_tried_again_and_says_how_one_of_it_is() {
        String batch;
        String job;
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            gaze.jobs().pause();
            Batch cancelled = gaze.jobs()
                    .batch(List.of(GenerationRequest.mix().plus("rain").size(64, 64)));
            cancelled.cancel();
            gaze.jobs().resume();
            batch = cancelled.id().toString();
            job = cancelled.jobs().get(0).id().toString();
        }

        HostRun run = run("retry", batch);

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.FAILED));
        assertThat(run.out())
                .contains("nothing failed in this batch")
                .contains("1 cancelled; `retry <id>` makes one of them after all")
                .contains("`jobs --batch " + batch + " --state cancelled` lists them");
        assertThat(run.err()).isEmpty();
        assertThat(run("retry", job).code()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"follow", "cancel", "retry", "jobs --batch"})
    void an_id_that_nobody_has_is_told_alike_everywhere(String line) {
        List<String> command = new ArrayList<>(List.of(line.split(" ")));
        command.add(UUID.randomUUID().toString());

        HostRun run = run(command.get(0), command.subList(1, command.size()).toArray(String[]::new));

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(run.err()).startsWith("error: There is no ");
    }

    @Test
    @Tag("I16")
    void a_paused_queue_is_told_wherever_somebody_would_take_it_for_a_hang() {
        String told = "paused    nothing is sent until `resume`";
        assertThat(run("pause").lines()).containsExactly(told);

        assertThat(run("jobs").lines()).contains(told);
        assertThat(run("backends").lines()).contains(told);
        assertThat(run("backends", "--for", "1s").out()).contains(", paused: nothing is sent until `resume`");
        HostRun generate = run("generate", "--character", "mira_vale", "--size", "64x64", "--wait", "0");
        assertThat(generate.lines()).contains(told);
        assertThat(generate.code()).isEqualTo(ExitCodes.of(Kind.TIMEOUT));
        assertThat(generate.err()).contains("the queue is paused: resume it");

        assertThat(run("resume").lines()).containsExactly("resumed   1 waiting");
        assertThat(run("jobs").out()).doesNotContain("paused");
    }

    @Test
    void what_is_not_there_is_said_and_how_servers_are_is_told() {
        assertThat(run("batch", folder.resolve("none.txt").toString()).err()).contains("none.txt");
        assertThat(run("cancel", UUID.randomUUID().toString()).err()).contains("no job");
        assertThat(run("cancel", "nonsense").code()).isNotZero();
        assertThat(run("backends").out()).contains("up");
        assertThat(run("backends", "--comfy", "http://127.0.0.1:9").out()).contains("down");
    }
}
