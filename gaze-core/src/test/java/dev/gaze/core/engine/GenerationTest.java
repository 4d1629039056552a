package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.core.small.SmallServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GenerationTest extends GazeTesting {
    private Gaze gaze;
    private SmallServer server;

    @BeforeEach
    void openLibrary() {
        gaze = open();
        server = backend.server();
        serverHasEverything();
    }

    private AssetState state(String category, String slug) {
        return gaze.assets(category).get(slug).state();
    }

    private String sent() {
        return server.runs()
                .get(server.runs().size() - 1)
                .workflow()
                .node("6")
                .orElseThrow()
                .text("text")
                .orElseThrow();
    }

    @Test
    @Tag("G1")
    @Tag("G42")
    @Tag("G44")
    @Tag("G102")
    void names_go_in_and_an_image_comes_out() throws Exception {
        Job job = gaze.generate(request -> request.character("mira_vale")
                .with("outfit", "raincoat")
                .size(832, 1216)
                .seed(42));

        Image image = job.await(LONG).image();

        assertThat(image.id().path()).isEqualTo("character/mira_vale/gen_1767323045.png");
        assertThat(image.file()).exists();
        assertThat(sent()).contains("red hair").contains("yellow raincoat").doesNotContain("white shirt");
        assertThat(gaze.images().get(image.id())).isEqualTo(image);
        assertThat(gaze.images().list(image.filedUnder(), 0, 10).items()).containsExactly(image);
        assertThat(new String(Files.readAllBytes(image.file()), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("\"assets\"")
                .contains("outfit/raincoat");
    }

    @Test
    @Tag("G114")
    void it_makes_no_difference_how_a_picture_is_asked_for() {
        GenerationRequest request =
                GenerationRequest.mix().character("mira_vale").plus("at sea").seed(7);

        List<Job> jobs = List.of(
                gaze.generate(request),
                gaze.generate(form -> form.character("mira_vale").plus("at sea").seed(7)),
                gaze.jobs().submit(request));
        List<Image> images = jobs.stream().map(job -> job.await(LONG).image()).toList();

        assertThat(images).extracting(Image::filedUnder).containsOnly(new AssetKey("character", "mira_vale"));
        List<Workflow> sent = server.runs().stream()
                .map(run -> run.workflow().change("9", save -> save.with("filename_prefix", "each has its own")))
                .toList();
        assertThat(sent).hasSize(3).containsOnly(sent.get(0));
    }

    @Test
    @Tag("I21")
    void names_of_samplers_and_schedulers_go_into_the_plan_as_they_are() {
        GenerationRequest request = GenerationRequest.mix().plus("x").sampler("res_multistep", "kl_optimal");

        assertThat(gaze.plan(request).sampler())
                .isEqualTo(SamplerSettings.DEFAULT.withSampler("res_multistep").withScheduler("kl_optimal"));
    }

    @Test
    @Tag("G103")
    void a_preview_says_what_is_sent() {
        GenerationRequest request = GenerationRequest.mix()
                .character("mira_vale")
                .plus("looking up")
                .seed(1);

        String previewed = gaze.preview(request).prompt().positive();
        gaze.generate(request).await(LONG);

        assertThat(sent()).isEqualTo(previewed);
        assertThat(gaze.plan(request).prompt().positive()).isEqualTo(previewed);
        assertThat(gaze.wire(request).node("6").orElseThrow().text("text")).contains(previewed);
        assertThat(gaze.preview(request).loras()).hasSize(1);
    }

    // Covers ---------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G43")
    @Tag("G162")
    void a_new_picture_becomes_the_cover_of_its_asset() {
        Image image = gaze.generate(GenerationRequest.of("outfit", "raincoat").character("mira_vale"))
                .await(LONG)
                .image();

        assertThat(image.id().path()).startsWith("outfit/raincoat/");
        assertThat(state("outfit", "raincoat").cover()).isEqualTo(image.id().path());
        assertThat(state("character", "mira_vale").cover()).isNull();
    }

    @Test
    @Tag("G162")
    @Tag("G151")
    void a_preview_picture_leaves_the_cover_and_is_remembered() {
        Image cover = gaze.generate(GenerationRequest.of("character", "mira_vale"))
                .await(LONG)
                .image();
        Image preview = gaze.generate(
                        GenerationRequest.of("character", "mira_vale").preview())
                .await(LONG)
                .image();

        assertThat(preview.id()).isNotEqualTo(cover.id());
        assertThat(state("character", "mira_vale").cover()).isEqualTo(cover.id().path());
        assertThat(state("character", "mira_vale").lastUsed().preview())
                .isEqualTo(preview.id().path());
    }

    @Test
    @Tag("G151")
    void what_was_chosen_is_remembered_with_the_asset() {
        gaze.generate(GenerationRequest.of("outfit", "raincoat")
                        .character("__random__")
                        .with("action", "waving")
                        .only("wardrobe::top")
                        .plus("rain")
                        .negative("sun"))
                .await(LONG);

        AssetState.LastUsed used = state("outfit", "raincoat").lastUsed();
        assertThat(used.character()).isEqualTo("__random__");
        assertThat(used.action()).isEqualTo("waving");
        assertThat(used.fields()).hasToString("[wardrobe::top]");
        assertThat(used.extraPositive()).isEqualTo("rain");
        assertThat(used.extraNegative()).isEqualTo("sun");
    }

    @Test
    void an_asset_deleted_while_its_picture_is_made_loses_only_the_cover() {
        server.answering(run -> null);
        Job job = gaze.generate(GenerationRequest.of("outfit", "raincoat"));
        SmallServer.Run run = server.awaitRun();
        gaze.assets("outfit").delete("raincoat", DeleteMode.SOFT);
        run.finish();

        JobResult result = job.await(LONG);

        assertThat(result.image().file()).exists();
        assertThat(result.warnings())
                .anySatisfy(warning -> assertThat(warning.what()).contains("outfit/raincoat was deleted"));
    }

    @Test
    void a_picture_of_words_alone_belongs_to_nobody_even_with_a_default_checkpoint() {
        gaze.setDefaultCheckpoint("a/model.safetensors");

        Image image = gaze.generate(request -> request.plus("a lighthouse"))
                .await(LONG)
                .image();

        assertThat(image.filedUnder()).isNull();
        assertThat(image.id().path()).startsWith("mix/gen_");
        assertThat(state("checkpoint", "a_model_safetensors").cover()).isNull();
        assertThat(sent()).isEqualTo("masterpiece, a lighthouse");
    }

    @ParameterizedTest
    @CsvSource({
        "character, mira_vale",
        "outfit, raincoat",
        "action, waving",
        "look, winter",
        "checkpoint, a_model_safetensors"
    })
    @Tag("G38")
    @Tag("G82")
    @Tag("G92")
    @Tag("G101")
    void every_category_can_be_pictured_alone_and_with_a_character(String category, String slug) {
        GenerationRequest alone = GenerationRequest.of(category, slug);

        for (GenerationRequest request :
                Set.of(alone, category.equals("character") ? alone.plus("x") : alone.character("mira_vale"))) {
            Image image = gaze.generate(request).await(LONG).image();
            assertThat(image.filedUnder()).isEqualTo(new AssetKey(category, slug));
            assertThat(state(category, slug).cover()).isEqualTo(image.id().path());
        }
    }

    // Default checkpoint ---------------------------------------------------------------------------------------------

    @Test
    @Tag("G48")
    @Tag("G107")
    void the_default_checkpoint_is_used_kept_and_forgotten() {
        assertThat(gaze.defaultCheckpoint()).isEmpty();

        gaze.setDefaultCheckpoint(" a\\model.safetensors ");

        assertThat(gaze.defaultCheckpoint().orElseThrow().path()).isEqualTo("a/model.safetensors");
        assertThat(gaze.defaultCheckpoint().orElseThrow().sampler().steps()).isEqualTo(12);
        assertThat(gaze.plan(GenerationRequest.mix().plus("x")).checkpoint().path())
                .isEqualTo("a/model.safetensors");
        gaze.close();
        Gaze again = open();
        assertThat(again.defaultCheckpoint()).isPresent();
        again.setDefaultCheckpoint(" ");
        assertThat(again.defaultCheckpoint()).isEmpty();
        assertThat(again.plan(GenerationRequest.mix().plus("x")).checkpoint()).isNull();
    }

    @Test
    @Tag("G78")
    @Tag("G48")
    void a_default_checkpoint_without_a_file_of_its_own_has_the_usual_settings() {
        gaze.setDefaultCheckpoint("b/other-one.safetensors");

        assertThat(gaze.defaultCheckpoint().orElseThrow().path()).isEqualTo("b/other-one.safetensors");
        assertThat(gaze.defaultCheckpoint().orElseThrow().sampler().steps()).isEqualTo(25);
    }

    @Test
    @Tag("G48")
    void two_checkpoints_of_one_slug_are_not_mixed_up() {
        gaze.setDefaultCheckpoint("a_model.safetensors");

        assertThat(gaze.defaultCheckpoint().orElseThrow().path()).isEqualTo("a_model.safetensors");
        assertThat(gaze.defaultCheckpoint().orElseThrow().sampler().steps()).isEqualTo(25);
    }

    // Servers --------------------------------------------------------------------------------------------------------

    @Test
    void when_the_last_server_is_removed_what_runs_there_ends_and_what_waits_fails() {
        server.answering(run -> null);
        Job running = gaze.generate(request -> request.plus("a"));
        SmallServer.Run run = server.awaitRun();
        Job waiting = gaze.generate(request -> request.plus("b"));

        assertThat(gaze.backends().remove(server.id())).isTrue();

        assertThatThrownBy(() -> waiting.await(LONG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("There is no server");
        run.finish();
        assertThat(running.await(LONG).image().file()).exists();
        assertThat(gaze.servers()).isEmpty();
    }

    // Refusals -------------------------------------------------------------------------------------------------------

    @Test
    void what_is_wrong_with_a_request_is_found_before_anything_is_queued() {
        assertKind(Kind.NOT_FOUND, GenerationRequest.of("outfit", "rainncoat"), "raincoat");
        assertKind(Kind.INVALID, GenerationRequest.mix(), "Nothing is asked for");
        assertKind(Kind.NOT_FOUND, GenerationRequest.mix().plus("x").template("../../x"), "template");
        assertKind(Kind.NOT_FOUND, GenerationRequest.of("outfit", "../raincoat"), "");
        assertThat(gaze.jobs().list(Set.of(), 0, 10).items()).isEmpty();
    }

    @Test
    void a_listed_name_is_refused_before_anything_is_queued() {
        assertKind(Kind.REFUSED, GenerationRequest.mix().plus(Denied.NAME), "deny list");
        assertThat(gaze.jobs().list(Set.of(), 0, 10).items()).isEmpty();
    }

    @Test
    void a_listed_name_in_a_template_is_refused_although_no_request_speaks_of_it() {
        file(
                "data/workflows/mine.json",
                dev.gaze.core.small.SmallWirer.graph()
                        .toString()
                        .replace(
                                "\"CLIPTextEncode\", \"inputs\": {\"text\": \"{{",
                                "\"CLIPTextEncode\", \"inputs\": {\"other\": \"" + Denied.NAME + "\", \"text\": \"{{"));

        assertKind(Kind.REFUSED, GenerationRequest.mix().plus("x").template("mine"), "node 6");
    }

    private void assertKind(Kind kind, GenerationRequest request, String said) {
        assertThatThrownBy(() -> gaze.generate(request))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContaining(said);
    }

    @Test
    void a_missing_lora_is_refused_or_left_out_as_the_request_says() {
        server.has(dev.gaze.core.small.SmallWirer.facts("other.safetensors"));
        GenerationRequest request = GenerationRequest.mix().character("mira_vale");

        assertThatThrownBy(() -> gaze.generate(request).await(LONG)).hasMessageContaining("looks/mira.safetensors");
        JobResult without = gaze.generate(request.missing(Missing.LEAVE_OUT)).await(LONG);
        assertThat(without.warnings())
                .anySatisfy(warning -> assertThat(warning.what()).contains("left out"));
    }

    @Test
    @Tag("G45")
    void jobs_are_forgotten_when_the_settings_say_so() {
        gaze.close();
        file("gaze.json", "{\"limits\": {\"jobAgeSeconds\": 60}}");
        gaze = open();
        Job old = gaze.generate(request -> request.plus("a"));
        old.await(LONG);
        time.advance(Duration.ofMinutes(10));
        Job young = gaze.generate(request -> request.plus("b"));
        young.await(LONG);

        awaitUntil(() -> gaze.jobs().find(old.id()).isEmpty());
        assertThat(gaze.jobs().find(young.id())).isPresent();
    }
}
