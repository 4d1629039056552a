package dev.gaze.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.example.project.SampleLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the buttons "rescan" and "generate" of the original's pages became. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RescanTest {
    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void copy() throws Exception {
        library = SampleLibrary.copyTo(folder);
    }

    @ParameterizedTest
    @CsvSource({"character, characters, mira_vale", "outfit, clothing, raincoat", "scene, scenes, harbour_dawn"})
    @Tag("G89")
    @Tag("G99")
    void a_rescan_of_one_category_sees_its_files_and_no_others(String category, String files, String slug)
            throws Exception {
        try (Gaze gaze = Gaze.open(library)) {
            Path data = library.resolve("data");
            String original = Files.readString(data.resolve(files).resolve(slug + ".json"));
            Files.writeString(
                    data.resolve(files).resolve("another.json"),
                    original.replace("\"%s\"".formatted(slug), "\"another\""));
            Files.delete(data.resolve("styles").resolve("watercolour.json"));

            assertThat(gaze.assets(category).sync().added()).isEqualTo(List.of(new AssetKey(category, "another")));
            assertThat(gaze.sync().removed()).containsExactly(new AssetKey("style", "watercolour"));
        }
    }

    @Test
    @Tag("G46")
    void a_picture_of_one_character_is_one_line() {
        try (Gaze gaze = Gaze.open(library)) {
            Path png = gaze.generate(
                            GenerationRequest.of("character", "oona_fell").size(64, 64))
                    .await(Duration.ofMinutes(1))
                    .image()
                    .file();

            assertThat(png).exists().hasParentRaw(library.resolve("uploads/character/oona_fell"));
            assertThat(gaze.assets("character").get("oona_fell").state().cover())
                    .isEqualTo("character/oona_fell/" + png.getFileName());
        }
    }
}
