package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample library keeps what the README says of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleLibraryTest {
    @TempDir
    private Path folder;

    private Gaze gaze;

    @BeforeEach
    void open() throws IOException {
        gaze = Gaze.builder()
                .library(SampleLibrary.copyTo(folder))
                .without("example.poses")
                .open();
    }

    @AfterEach
    void close() {
        gaze.close();
    }

    @Test
    void every_file_can_be_read() {
        SyncReport report = gaze.sync();

        assertThat(report.problems()).isEmpty();
        assertThat(report.changedAnything()).isFalse();
    }

    @Test
    void there_is_something_of_every_category() {
        Map.of(
                        "character",
                        3,
                        "look",
                        2,
                        "outfit",
                        4,
                        "action",
                        4,
                        "scene",
                        3,
                        "style",
                        3,
                        "detailer",
                        2,
                        "checkpoint",
                        1)
                .forEach((category, atLeast) ->
                        assertThat(gaze.assets(category).count()).as(category).isGreaterThanOrEqualTo(atLeast));
        assertThat(gaze.assets("checkpoint").find("Illustrious_model_safetensors"))
                .isPresent();
    }

    @Test
    @Tag("G141")
    @Tag("G140")
    void every_lora_lies_in_the_folder_of_its_category() {
        int seen = 0;
        for (Category category : gaze.categories()) {
            for (AssetSummary line : gaze.assets(category.id()).list()) {
                Asset asset = gaze.assets(category.id()).get(line.slug());
                Optional<LoraRef> lora = LoraRef.in(asset.data(), category.loraWeight());
                if (lora.isPresent()) {
                    seen++;
                    assertThat(category.model().prefixes())
                            .as(asset.key().toString())
                            .anyMatch(lora.get().file()::startsWith);
                }
            }
        }
        assertThat(seen).isGreaterThan(10);
    }

    @Test
    void the_words_of_mira_vale_are_those_the_readme_shows() {
        PromptBuilder mira = gaze.prompts().character("mira_vale");

        assertThat(mira.build().main())
                .isEqualTo(
                        "1girl, solo, mira vale, miraV, long hair, red hair, green eyes, white shirt, jeans, smile, standing, street");
        assertThat(mira.with("outfit", "raincoat")
                        .with("scene", "harbour_dawn")
                        .build()
                        .main())
                .isEqualTo(
                        "1girl, solo, mira vale, miraV, rainC, long hair, red hair, green eyes, yellow raincoat, rubber boots, smile, standing, harbor, sunrise");
        assertThat(mira.with("outfit", "raincoat")
                        .with("scene", "harbour_dawn")
                        .with("action", "sitting")
                        .with("outfit", "stage")
                        .plus("wind")
                        .build()
                        .main())
                .isEqualTo(
                        "1girl, solo, mira vale, miraV, rainC, long hair, red hair, green eyes, yellow raincoat, rubber boots, sitting, crossed legs, smile, harbor, sunrise, stageD, stage dress, wind");
    }

    @Test
    void every_asset_can_be_shown_by_itself() {
        for (Category category : gaze.categories()) {
            List<AssetSummary> assets = gaze.assets(category.id()).list();
            for (AssetSummary asset : assets) {
                assertThat(gaze.prompts()
                                .with(category.id(), asset.slug())
                                .build()
                                .warnings())
                        .as(asset.key().toString())
                        .isEmpty();
            }
        }
    }
}
