package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetState.LastUsed;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.problem.GazeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renaming and deleting: operations on several files. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetMovesTest {
    @TempDir
    private Path root;

    private Path loras;
    private TestLibrary library;
    private AssetRepository outfits;

    @BeforeEach
    void makeLibrary() throws IOException {
        loras = Files.createDirectories(root.resolve("models/loras"));
        library = new TestLibrary(root.resolve("library")).withModels("loras", loras);
        library.write("clothing/Old.json", """
                {"outfit_name": "Coat", "outfit_id": "coat", "lora": {"lora_name": "Clothing\\\\coat.safetensors"}}""");
        library.write("clothing/.state/coat.json", """
                {"rating": 4, "cover": "outfit/coat/gen_1.png", "last_used": {"preview": "outfit/coat/gen_2.png"}}""");
        upload("outfit/coat/gen_1.png");
        upload("outfit/coat/.state/gen_1.json");
        model("Clothing/coat.safetensors");
        outfits = library.assets("outfit");
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Path upload(String name) throws IOException {
        Path file = library.folders().uploads().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "pixels of " + name);
    }

    private Path model(String name) throws IOException {
        Path file = loras.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "weights");
    }

    private Path uploaded(String name) {
        return library.folders().uploads().resolve(name);
    }

    // Renaming

    private void assertRenamed() {
        Asset mantle = library.assets("outfit").get("mantle");
        assertThat(mantle.id()).isEqualTo("mantle");
        assertThat(mantle.file()).isEqualTo("mantle.json");
        assertThat(mantle.data().json().members().keySet()).containsExactly("outfit_name", "outfit_id", "lora");
        assertThat(mantle.state().cover()).isEqualTo("outfit/mantle/gen_1.png");
        assertThat(mantle.state().lastUsed().preview()).isEqualTo("outfit/mantle/gen_2.png");
        assertThat(mantle.state().more().number("rating")).isPresent();
        assertThat(uploaded("outfit/mantle/gen_1.png")).exists();
        assertThat(uploaded("outfit/mantle/.state/gen_1.json")).exists();
        assertThat(uploaded("outfit/coat")).doesNotExist();
        assertThat(library.file("clothing/Old.json")).doesNotExist();
        assertThat(library.file("clothing/.state/coat.json")).doesNotExist();
        assertThat(library.assets("outfit").find("coat")).isEmpty();
        assertThat(library.file(".intent")).isEmptyDirectory();
    }

    @Test
    void a_rename_takes_file_state_and_images_along() {
        Asset renamed = outfits.rename("coat", "mantle");

        assertThat(renamed.key()).isEqualTo(new AssetKey("outfit", "mantle"));
        assertRenamed();
        library.reopen();
        assertThat(library.opened().changedAnything()).isFalse();
        assertRenamed();
    }

    @ParameterizedTest(name = "after {0} steps")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @Tag("G156")
    void a_rename_that_a_crash_interrupted_is_completed_by_the_next_open(int steps) {
        Asset coat = outfits.get("coat");
        Intent.Rename intent = new Intent.Rename(
                "outfit",
                "coat",
                "Old.json",
                ContentHash.parse(coat.hash()),
                "mantle",
                "mantle.json",
                coat.data().with("mantle", "outfit_id").json());
        crashAfter(
                steps,
                intent,
                new Renaming(shelf(), intents(), library.folders().uploads()).steps(intent));

        library.open();

        assertThat(library.opened().problems()).isEmpty();
        assertRenamed();
    }

    @Test
    void a_rename_whose_asset_was_edited_before_the_next_open_is_undone() {
        Asset coat = outfits.get("coat");
        Intent.Rename intent = new Intent.Rename(
                "outfit",
                "coat",
                "Old.json",
                ContentHash.parse(coat.hash()),
                "mantle",
                "mantle.json",
                coat.data().with("mantle", "outfit_id").json());
        crashAfter(0, intent, List.of());
        library.write("clothing/Old.json", "{\"outfit_id\": \"coat\", \"outfit_name\": \"Edited\"}");

        library.open();

        assertThat(library.assets("outfit").list())
                .extracting(AssetSummary::name)
                .containsExactly("Edited");
        assertThat(library.assets("outfit").get("coat").state().cover()).isNotNull();
        assertThat(library.file(".intent")).isEmptyDirectory();
    }

    @Test
    void an_edit_of_the_id_moves_the_state_and_keeps_the_file_name() {
        Asset edited = outfits.edit("coat", data -> data.with("mantle", "outfit_id"));

        assertThat(edited.key().slug()).isEqualTo("mantle");
        assertThat(edited.file()).isEqualTo("Old.json");
        assertThat(edited.state().cover()).isEqualTo("outfit/mantle/gen_1.png");
        assertThat(outfits.list()).hasSize(1);
        library.outfit("other", "Other");
        outfits.sync();
        Refusal.of(() -> outfits.edit("mantle", data -> data.with("other", "outfit_id")))
                .isConflict();
    }

    @Test
    void a_rename_to_a_taken_slug_or_file_changes_nothing() throws IOException {
        library.outfit("mantle", "Mantle");
        outfits.sync();
        library.write("clothing/cape.json", "{ broken");

        Refusal.of(() -> outfits.rename("coat", "man-tle")).isConflict();
        Refusal.of(() -> outfits.rename("coat", "cape")).isConflict().says("There is a file of that name");
        Refusal.of(() -> outfits.rename("coat", "Ω")).isInvalid();
        Refusal.of(() -> outfits.rename("nobody", "x")).isMissing();

        assertThat(library.file("clothing/cape.json")).hasContent("{ broken");
        assertThat(outfits.get("coat").state().cover()).isEqualTo("outfit/coat/gen_1.png");
        assertThat(library.file("clothing/Old.json")).exists();
        assertThat(library.file(".intent")).isEmptyDirectory();
    }

    @Test
    void a_rename_to_an_id_of_the_same_slug_only_writes_the_id() {
        Asset renamed = outfits.rename("coat", "co-at");

        assertThat(renamed.id()).isEqualTo("co-at");
        assertThat(renamed.file()).isEqualTo("Old.json");
        assertThat(renamed.state().cover()).isEqualTo("outfit/coat/gen_1.png");
    }

    @Test
    void images_join_those_a_former_asset_of_that_slug_left_behind() throws IOException {
        upload("outfit/mantle/gen_0.png");
        upload("outfit/mantle/gen_2.png");
        upload("outfit/coat/gen_2.png");

        Asset renamed = outfits.rename("coat", "mantle");

        assertThat(uploaded("outfit/mantle/gen_1.png")).exists();
        assertThat(uploaded("outfit/mantle/gen_2.png")).hasContent("pixels of outfit/mantle/gen_2.png");
        assertThat(uploaded("outfit/coat/gen_2.png"))
                .as("its name is taken there")
                .exists();
        assertThat(renamed.state().cover()).isEqualTo("outfit/mantle/gen_1.png");
        assertThat(renamed.state().lastUsed().preview()).isEqualTo("outfit/coat/gen_2.png");
    }

    // Deleting

    @Test
    @Tag("G113")
    void a_soft_delete_takes_file_and_state_and_leaves_images_and_model() {
        outfits.delete("coat", DeleteMode.SOFT);

        assertThat(outfits.find("coat")).isEmpty();
        assertThat(library.file("clothing/Old.json")).doesNotExist();
        assertThat(library.file("clothing/.state/coat.json")).doesNotExist();
        assertThat(uploaded("outfit/coat/gen_1.png")).exists();
        assertThat(loras.resolve("Clothing/coat.safetensors")).exists();
        Refusal.of(() -> outfits.delete("coat", DeleteMode.SOFT)).isMissing();
        library.reopen();
        assertThat(library.assets("outfit").count()).isZero();
    }

    @Test
    @Tag("G113")
    void a_hard_delete_takes_the_model_file_too() {
        outfits.delete("coat", DeleteMode.HARD);

        assertDeletedHard();
    }

    private void assertDeletedHard() {
        assertThat(library.assets("outfit").find("coat")).isEmpty();
        assertThat(library.file("clothing/Old.json")).doesNotExist();
        assertThat(library.file("clothing/.state/coat.json")).doesNotExist();
        assertThat(loras.resolve("Clothing")).isEmptyDirectory();
        assertThat(uploaded("outfit/coat/gen_1.png")).exists();
        assertThat(library.file(".intent")).isEmptyDirectory();
    }

    @ParameterizedTest(name = "after {0} steps")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @Tag("G113")
    void a_hard_delete_that_a_crash_interrupted_is_completed_by_the_next_open(int steps) {
        Intent.Delete intent = delete();
        crashAfter(steps, intent, new Deletion(shelf(), intents(), List.of()).steps(intent));

        library.open();

        assertThat(library.opened().problems()).isEmpty();
        assertDeletedHard();
    }

    @ParameterizedTest(name = "after {0} steps")
    @ValueSource(ints = {0, 1})
    void a_hard_delete_whose_asset_was_edited_before_the_next_open_is_undone(int steps) {
        Intent.Delete intent = delete();
        crashAfter(steps, intent, new Deletion(shelf(), intents(), List.of()).steps(intent));
        library.write("clothing/Old.json", "{\"outfit_id\": \"coat\", \"outfit_name\": \"Edited\"}");

        library.open();

        assertThat(library.assets("outfit").get("coat").name()).isEqualTo("Edited");
        assertThat(loras.resolve("Clothing/coat.safetensors")).hasContent("weights");
        assertThat(library.file(".intent")).isEmptyDirectory();
    }

    @Test
    @Tag("G113")
    void a_hard_delete_refuses_while_another_asset_of_any_category_names_the_model_file() {
        library.write("looks/look.json", "{\"look_id\": \"l\", \"lora\": {\"path\": \"Clothing/coat.safetensors\"}}");
        library.assets("look").sync();

        Refusal.of(() -> outfits.delete("coat", DeleteMode.HARD)).isRefused().says("'look/l' names the model file");

        assertThat(outfits.find("coat")).isPresent();
        assertThat(loras.resolve("Clothing/coat.safetensors")).exists();
    }

    @Test
    @Tag("G113")
    void a_hard_delete_touches_nothing_outside_the_model_roots_links_resolved() throws IOException {
        Path outside = Files.createDirectories(root.resolve("elsewhere"));
        Path precious = Files.writeString(outside.resolve("x.safetensors"), "precious");
        Files.createSymbolicLink(loras.resolve("linked"), outside);
        library.write(
                "clothing/linked.json",
                "{\"outfit_id\": \"linked\", \"lora\": {\"lora_name\": \"linked/x.safetensors\"}}");
        library.write(
                "clothing/missing.json",
                "{\"outfit_id\": \"missing\", \"lora\": {\"lora_name\": \"none.safetensors\"}}");
        outfits.sync();

        Refusal.of(() -> outfits.delete("linked", DeleteMode.HARD)).isRefused();
        Refusal.of(() -> outfits.delete("missing", DeleteMode.HARD)).isRefused();

        assertThat(precious).exists();
        assertThat(outfits.count()).isEqualTo(3);
    }

    @Test
    void a_hard_delete_that_cannot_take_the_asset_file_brings_the_model_file_back() throws IOException {
        Intent.Delete intent = delete();
        Deletion deletion = new Deletion(shelf(), intents(), List.of());
        Files.delete(library.file("clothing/Old.json"));
        Files.createDirectories(library.file("clothing/Old.json/child"));

        assertThatThrownBy(() -> deletion.steps(intent).forEach(Runnable::run)).isInstanceOf(GazeException.class);

        assertThat(loras.resolve("Clothing/coat.safetensors")).hasContent("weights");
    }

    @Test
    void an_intent_that_names_a_place_outside_is_not_followed() throws IOException {
        library.close();
        Path precious = Files.writeString(root.resolve("library/precious.json"), "{}");
        library.write(".intent/1-1.1.json", """
                {"operation": "delete", "category": "outfit", "slug": "x", "file": "../../precious.json", "hash": ""}""");

        library.open();

        assertThat(precious).exists();
        assertThat(library.opened().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("cannot be finished"));
    }

    @Test
    void last_used_choices_are_kept_by_a_rename() {
        outfits.editState(
                "coat", state -> state.withLastUsed(new LastUsed(List.of(), null, "mira", null, "sun", null)));

        assertThat(outfits.rename("coat", "mantle").state().lastUsed().extraPositive())
                .isEqualTo("sun");
    }

    // What a crash leaves behind

    private Intent.Delete delete() {
        return new Intent.Delete(
                "outfit",
                "coat",
                "Old.json",
                ContentHash.parse(outfits.get("coat").hash()),
                "Clothing/coat.safetensors");
    }

    private Shelf shelf() {
        return library.shelf("outfit");
    }

    private Intents intents() {
        return new Intents(library.folders().data(), Others.NOBODY);
    }

    /** Writes the intent, does so many of its steps, and goes away without a word. */
    private void crashAfter(int steps, Intent intent, List<Runnable> all) {
        intents().declare(intent);
        all.subList(0, steps).forEach(Runnable::run);
        library.close();
    }
}
