package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.plan.CheckpointSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files, and the assets that stand for those nobody has described yet. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelAssetsTest {
    private static final String SLUG = "Noob_aurora_v2_1_safetensors";

    @TempDir
    private Path root;

    private Path models;
    private TestLibrary library;
    private AssetRepository checkpoints;

    @BeforeEach
    void makeLibrary() throws IOException {
        models = root.resolve("checkpoints");
        model("Noob/aurora-v2.1.safetensors");
        model("Illustrious/known.safetensors");
        model("Elsewhere/hidden.safetensors");
        model("Noob/readme.txt");
        library = new TestLibrary(root.resolve("library")).withModels("checkpoints", models);
        library.write(
                "checkpoints/known.json",
                "{\"checkpoint_path\": \"Illustrious/known.safetensors\", \"checkpoint_name\": \"Known\", \"steps\": 30}");
        checkpoints = library.assets("checkpoint");
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Path model(String name) throws IOException {
        Path file = models.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "weights");
    }

    @Test
    @Tag("G77")
    @Tag("G78")
    @Tag("G79")
    @Tag("G104")
    @Tag("G122")
    @Tag("G142")
    void a_model_file_without_json_appears_with_default_data_and_is_not_written_down() {
        assertThat(checkpoints.list()).extracting(AssetSummary::name).containsExactly("aurora-v2.1", "Known");
        Asset aurora = checkpoints.get(SLUG);
        assertThat(aurora.file()).isNull();
        assertThat(aurora.hash()).isEmpty();
        assertThat(aurora.id()).isEqualTo("Noob/aurora-v2.1.safetensors");
        assertThat(checkpoints.category().read(CheckpointSettings.class, aurora.data()))
                .contains(CheckpointSettings.of("Noob/aurora-v2.1.safetensors"));
        assertThat(library.file("checkpoints")).isDirectoryNotContaining("glob:**aurora*");
        assertThat(checkpoints.modelFiles())
                .containsExactly("Illustrious/known.safetensors", "Noob/aurora-v2.1.safetensors");
    }

    @Test
    @Tag("G78")
    void editing_one_makes_its_file_and_deleting_that_gives_the_defaults_back() {
        Asset edited = checkpoints.edit(SLUG, data -> data.with(40, "steps"));

        assertThat(edited.file()).isEqualTo(SLUG + ".json");
        assertThat(library.file("checkpoints/" + SLUG + ".json")).content().contains("\"steps\": 40");
        assertThat(checkpoints.count()).isEqualTo(2);

        checkpoints.delete(SLUG, DeleteMode.SOFT);
        assertThat(checkpoints.get(SLUG).file()).isNull();
        assertThat(checkpoints
                        .get(SLUG)
                        .data()
                        .json()
                        .number("steps")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(25);
    }

    @Test
    void its_state_is_kept_although_it_has_no_file() {
        checkpoints.editState(SLUG, state -> state.withCover("checkpoint/x.png"));

        library.reopen();

        assertThat(library.opened().changedAnything()).isFalse();
        assertThat(library.assets("checkpoint").get(SLUG).state().cover()).isEqualTo("checkpoint/x.png");
    }

    @Test
    void model_files_come_and_go_with_a_sync() throws IOException {
        Files.delete(models.resolve("Noob/aurora-v2.1.safetensors"));
        model("Noob/new.safetensors");

        var report = checkpoints.sync();

        assertThat(report.added()).hasSize(1);
        assertThat(report.removed()).hasSize(1);
        assertThat(checkpoints.list()).extracting(AssetSummary::name).containsExactly("Known", "new");
    }

    @Test
    @Tag("G113")
    void one_without_a_file_can_only_be_deleted_with_its_model() {
        Refusal.of(() -> checkpoints.delete(SLUG, DeleteMode.SOFT)).isRefused();

        checkpoints.delete(SLUG, DeleteMode.HARD);

        assertThat(models.resolve("Noob")).isDirectoryNotContaining("glob:**aurora*");
        assertThat(checkpoints.count()).isEqualTo(1);
    }

    @Test
    void two_model_files_of_one_slug_are_told() throws IOException {
        model("Noob/aurora_v2_1.safetensors");

        var report = checkpoints.sync();

        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("has the same slug '" + SLUG + "'"));
        assertThat(checkpoints.count()).isEqualTo(2);
    }

    @Test
    void one_without_a_file_cannot_be_renamed_but_cloned() {
        Refusal.of(() -> checkpoints.rename(SLUG, "x")).isRefused();
        assertThat(checkpoints.clone(SLUG, "Noob/copy.safetensors").file()).isEqualTo("Noob_copy_safetensors.json");
    }

    @Test
    @Tag("G141")
    @Tag("I40")
    @Tag("I41")
    void only_safetensors_below_the_prefixes_of_the_category_count_as_its_loras() throws IOException {
        Path loras = root.resolve("loras");
        for (String name : List.of(
                "Illustrious/Clothing/b.safetensors",
                "Illustrious/Clothing/deep/A.SAFETENSORS",
                "Illustrious/Clothing/c.ckpt",
                "Illustrious/Looks/d.safetensors")) {
            Files.createDirectories(loras.resolve(name).getParent());
            Files.writeString(loras.resolve(name), "weights");
        }
        library.close();
        library.withModels("loras", loras).open();

        assertThat(library.assets("outfit").modelFiles())
                .containsExactly("Illustrious/Clothing/b.safetensors", "Illustrious/Clothing/deep/A.SAFETENSORS");
        assertThat(library.assets("character").modelFiles()).containsExactly("Illustrious/Looks/d.safetensors");
        assertThat(library.assets("scene").modelFiles()).isEmpty();
    }

    @Test
    void the_first_root_that_has_a_file_counts_and_missing_roots_are_empty() throws IOException {
        Path other = Files.createDirectories(root.resolve("other/Noob"));
        Files.writeString(other.resolve("only.safetensors"), "weights");
        ModelRoots roots =
                new ModelRoots(Map.of("checkpoints", List.of(root.resolve("none"), models, root.resolve("other"))));

        assertThat(roots.files("checkpoints", List.of("Noob/")))
                .containsExactly("Noob/aurora-v2.1.safetensors", "Noob/only.safetensors");
        assertThat(roots.find("checkpoints", "Noob\\only.safetensors")).contains(other.resolve("only.safetensors"));
        assertThat(roots.find("checkpoints", "../checkpoints/Noob/readme.txt")).isEmpty();
        assertThat(roots.files("loras", List.of())).isEmpty();
    }

    @Test
    void a_checkpoint_made_by_hand_keeps_its_id_key() {
        Asset made = checkpoints.create("Noob/made.safetensors", AssetData.parse("{\"steps\": 10}"));

        assertThat(made.key().slug()).isEqualTo("Noob_made_safetensors");
        assertThat(made.data().json().text("checkpoint_path")).contains("Noob/made.safetensors");
    }
}
