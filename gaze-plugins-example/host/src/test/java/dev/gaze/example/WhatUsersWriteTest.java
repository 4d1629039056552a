package dev.gaze.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.job.JobState;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.example.project.SampleLibrary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the README and the package pages, on a copy of the sample library that names an embedded server. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WhatUsersWriteTest {
    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void copy() throws Exception {
        library = SampleLibrary.copyTo(folder);
    }

    @Test
    @Tag("G1")
    @Tag("G12")
    @Tag("G13")
    @Tag("G14")
    @Tag("G42")
    void names_go_in_and_an_image_comes_out() throws Exception {
        Path png;
        try (Gaze gaze = Gaze.open(library)) {
            Job job = gaze.generate(request -> request.character("mira_vale")
                    .with("outfit", "raincoat")
                    .with("scene", "harbour_dawn")
                    .size(832, 1216)
                    .seed(42));
            png = job.await(Duration.ofMinutes(5)).image().file();
        }

        assertThat(png).exists();
        assertThat(png.getParent()).isEqualTo(library.resolve("uploads/character/mira_vale"));
        Map<String, String> texts = texts(Files.readAllBytes(png));
        assertThat(texts).containsKeys("prompt", "gaze");
        JsonObject told = Json.object(texts.get("gaze"));
        assertThat(told.text("request", "seed")).contains("42");
        assertThat(told.toString()).contains("outfit/raincoat").contains("scene/harbour_dawn");
        assertThat(told.get("parts").orElseThrow().toString()).contains("yellow raincoat");
        assertThat(texts.get("prompt")).contains("yellow raincoat").contains("gaze/");
    }

    @Test
    void prompts_plans_and_graphs_are_values_to_look_at() {
        try (Gaze gaze = Gaze.open(library)) {
            Prompt prompt = gaze.prompts()
                    .character("mira_vale")
                    .with("outfit", "raincoat")
                    .only("special::name", "identity::hair")
                    .plus("looking at viewer")
                    .build();
            assertThat(prompt.main()).contains("mira vale").contains("red hair").endsWith("looking at viewer");
            assertThat(prompt.parts()).isNotEmpty();

            GenerationRequest request =
                    GenerationRequest.mix().character("mira_vale").seed(42);
            RenderPlan plan = gaze.plan(request);
            Workflow graph = gaze.wirer().wire(gaze.template("default"), plan, ServerFacts.unknown());
            assertThat(graph).isEqualTo(gaze.wire(request));
            assertThat(graph.toString()).contains("KSampler");
        }
    }

    @Test
    @Tag("G97")
    @Tag("G108")
    void assets_are_listed_and_cloned() {
        try (Gaze gaze = Gaze.open(library)) {
            AssetRepository outfits = gaze.assets("outfit");
            assertThat(outfits.withoutCover())
                    .hasSize(4)
                    .isSortedAccordingTo(
                            java.util.Comparator.comparing(AssetSummary::name, String.CASE_INSENSITIVE_ORDER));
            outfits.clone("raincoat", "raincoat_02");

            assertThat(outfits.get("raincoat_02").data().json().text("wardrobe", "top"))
                    .contains("yellow raincoat");
        }
    }

    @Test
    @Tag("G123")
    @Tag("G43")
    void a_job_tells_its_steps_and_sets_the_cover() throws Exception {
        List<JobEvent> heard = new CopyOnWriteArrayList<>();
        try (Gaze gaze = Gaze.open(library)) {
            Job job = gaze.generate(GenerationRequest.of("outfit", "raincoat").character("mira_vale"));
            job.listen(heard::add);
            JobResult result = job.await(Duration.ofMinutes(5));

            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(gaze.assets("outfit").get("raincoat").state().cover())
                    .isEqualTo(result.image().id().path());
            assertThat(gaze.images().list(null, 0, 10).items())
                    .extracting(Image::id)
                    .containsExactly(result.image().id());
        }
        assertThat(heard).last().isInstanceOf(JobEvent.Done.class);
        assertThat(heard).hasAtLeastOneElementOfType(JobEvent.Started.class);
        assertThat(heard).hasAtLeastOneElementOfType(JobEvent.Progressed.class);
    }

    @Test
    void a_server_that_is_down_is_named_with_every_way_out() {
        try (Gaze gaze = Gaze.builder()
                .library(library)
                .server(java.net.URI.create("http://127.0.0.1:9"))
                .open()) {
            Job job = gaze.generate(request -> request.character("mira_vale"));

            assertThatThrownBy(() -> job.await(Duration.ofMinutes(1)))
                    .hasMessageContaining("127.0.0.1:9")
                    .hasMessageContaining("GAZE_COMFY_URL")
                    .hasMessageContaining("gaze.json")
                    .hasMessageContaining("embedded()");
        }
    }

    /** The text chunks of a PNG, read here by hand so that nothing of GAZE judges itself. */
    static Map<String, String> texts(byte[] png) {
        Map<String, String> texts = new TreeMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(png).position(8);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            byte[] type = new byte[4];
            byte[] content = new byte[length];
            bytes.get(type).get(content).getInt();
            if (new String(type, StandardCharsets.ISO_8859_1).equals("tEXt")) {
                String[] text = new String(content, StandardCharsets.ISO_8859_1).split("\0", 2);
                texts.put(text[0], text[1]);
            }
        }
        return texts;
    }
}
