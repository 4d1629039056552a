package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobState;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.store.Database;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was made is written down in the moment its job ends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HistoryOfALibraryTest extends GazeTesting {

    private static GenerationRequest rain() {
        return GenerationRequest.mix()
                .character("mira_vale")
                .with("outfit", "raincoat")
                .plus("rain");
    }

    @Test
    @Tag("P37")
    @Tag("P39")
    void every_picture_is_written_down_with_request_words_and_image() {
        Gaze gaze = open();
        serverHasEverything();

        Job job = gaze.generate(rain());
        job.await(LONG);

        HistoryEntry entry = gaze.history().find(job.id()).orElseThrow();
        assertThat(entry.note().mode()).isEqualTo(HistoryMode.GENERATION);
        assertThat(entry.note().input()).isEqualTo("character mira_vale, outfit raincoat, rain");
        assertThat(entry.note().output()).isEqualTo(job.plan().prompt().positive());
        assertThat(entry.note().negative()).isEqualTo(job.plan().prompt().negative());
        assertThat(entry.note().request().object("selection").text("plus")).contains("rain");
        JsonObject resolved = entry.note().request().object("resolved");
        assertThat(resolved.object("seeds").text(RenderPlan.SAMPLER))
                .contains(job.plan().seeds().get(RenderPlan.SAMPLER).toString());
        assertThat(resolved.text("face")).contains(job.plan().prompt().face());
        assertThat(resolved.get("loras"))
                .contains(JsonValue.of(job.plan().loras().stream()
                        .map(planned ->
                                planned.lora().file() + " " + planned.lora().modelStrength())
                        .toList()));
        assertThat(entry.images()).containsExactly(job.await(LONG).image().id());
        assertThat(entry.job()).isEqualTo(job.id());
        assertThat(gaze.history().list(10, "RAINCOAT").items()).containsExactly(entry);
    }

    @Test
    void a_job_that_fails_leaves_no_entry() {
        Gaze gaze = open();
        backend.server().answering(run -> new RenderEvent.Failed(Problem.of("no memory left"), false, List.of()));

        Job job = gaze.generate(GenerationRequest.mix().plus("rain"));

        assertThatThrownBy(() -> job.await(LONG)).isInstanceOf(GazeException.class);
        assertThat(gaze.history().list(HistoryQuery.NEWEST).items()).isEmpty();
    }

    @Test
    @Tag("P38")
    void the_history_outlives_a_closing() {
        try (Gaze gaze = builder().open()) {
            gaze.generate(GenerationRequest.mix().plus("rain")).await(LONG);
        }

        assertThat(open().history().list(10, "rain").total()).isEqualTo(1);
    }

    @Test
    void a_written_prompt_has_the_pictures_that_were_made_from_it() {
        Gaze gaze = open();
        HistoryId prompt = gaze.history()
                .add(HistoryNote.of(HistoryMode.ONESHOT, "a lighthouse", "lighthouse, sea", "sdxl"))
                .orElseThrow();
        HistoryId refined = gaze.history()
                .add(HistoryNote.of(HistoryMode.CHAT, "brighter", "bright lighthouse", "sdxl")
                        .parent(prompt))
                .orElseThrow();
        gaze.jobs().pause();
        Job before = gaze.generate(GenerationRequest.mix().plus("lighthouse"));
        gaze.history().connect(before.id(), prompt);
        gaze.jobs().resume();
        before.await(LONG);
        Job after = gaze.generate(GenerationRequest.mix().plus("bright lighthouse"));
        after.await(LONG);
        gaze.history().connect(after.id(), refined);

        assertThat(gaze.history().find(before.id()).orElseThrow().note().parent())
                .isEqualTo(prompt);
        assertThat(gaze.history().images(prompt))
                .containsExactlyInAnyOrder(
                        before.await(LONG).image().id(),
                        after.await(LONG).image().id());
        assertThat(gaze.history().images(refined))
                .containsExactly(after.await(LONG).image().id());
    }

    @Test
    void a_connection_is_kept_though_the_job_ends_at_the_same_moment() {
        Gaze gaze = open();
        for (int i = 0; i < 25; i++) {
            HistoryId prompt = gaze.history()
                    .add(HistoryNote.of(HistoryMode.ONESHOT, "prompt " + i, "words", "sdxl"))
                    .orElseThrow();
            Job job = gaze.generate(GenerationRequest.mix().plus("rain"));

            assertThat(gaze.history().connect(job.id(), prompt)).isTrue();
            job.await(LONG);

            assertThat(gaze.history().find(job.id()).orElseThrow().note().parent())
                    .isEqualTo(prompt);
        }
    }

    @Test
    @Tag("P39")
    void a_history_that_cannot_be_written_never_fails_a_picture() {
        try (Gaze gaze = builder().open()) {
            assertThat(gaze.history().list(HistoryQuery.NEWEST).items()).isEmpty();
        }
        try (Database database = Database.open(library.resolve(".gaze/index"), problem -> {}, opened -> {})) {
            database.jdbi().useHandle(handle -> handle.execute("drop table prompt_history"));
        }
        Gaze gaze = open();

        Job job = gaze.generate(GenerationRequest.mix().plus("rain"));

        assertThat(job.await(LONG).image().file()).exists();
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(gaze.history().add(HistoryNote.of(HistoryMode.ONESHOT, "a", "b", "sdxl")))
                .isEmpty();
    }

    @Test
    void a_library_that_is_open_read_only_has_neither_history_nor_conversations() {
        open();
        Gaze reader = open(builder().readOnly());

        for (var call : List.<ThrowingCallable>of(reader::history, reader::conversations)) {
            assertThatThrownBy(call).isInstanceOf(GazeException.class).hasMessageContaining("read-only");
        }
    }
}
