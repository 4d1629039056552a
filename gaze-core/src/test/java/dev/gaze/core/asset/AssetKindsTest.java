package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.plugin.Position;
import dev.gaze.core.small.Images;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for assets of every kind: the built-in ones and a stranger's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetKindsTest {
    @TempDir
    private Path root;

    private TestLibrary library;
    private AssetRepository outfits;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
        outfits = library.assets("outfit");
    }

    @AfterEach
    void close() {
        library.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"character", "look", "outfit", "action", "style", "scene", "detailer", "checkpoint"})
    @Tag("G1")
    @Tag("G80")
    @Tag("G81")
    @Tag("G84")
    @Tag("G86")
    @Tag("G89")
    @Tag("G90")
    @Tag("G91")
    @Tag("G94")
    @Tag("G95")
    @Tag("G96")
    @Tag("G99")
    @Tag("G101")
    @Tag("G104")
    void every_kind_is_listed_read_edited_given_defaults_and_a_cover_synced_and_deleted(String kind) {
        AssetRepository assets = library.assets(kind);
        Category category = assets.category();
        library.write(
                category.folder() + "/by_hand.json",
                "{\"%s\": \"by_hand\", \"%s\": \"By Hand\"}".formatted(category.idKey(), category.nameKey()));

        assertThat(assets.sync().added()).hasSize(1);
        assets.create("made", AssetData.parse("{}"));
        assertThat(assets.list()).extracting(AssetSummary::name).containsExactly("By Hand", "made");
        assertThat(assets.get("by_hand").data().json().text(category.nameKey())).contains("By Hand");
        assets.edit("made", data -> data.with("A Name", category.nameKey()));
        assets.editState("made", state -> state.withDefaultFields(List.of(FieldAddress.NAME)));
        Asset covered = assets.uploadCover("made", Images.png(8, 8));
        library.reopen();

        Asset made = library.assets(kind).get("made");
        assertThat(made).isEqualTo(covered);
        assertThat(made.name()).isEqualTo("A Name");
        assertThat(made.state().defaultFields()).containsExactly(FieldAddress.NAME);
        assertThat(made.state().cover()).startsWith(kind + "/made/cover_");
        library.assets(kind).delete("by_hand", DeleteMode.SOFT);
        assertThat(library.assets(kind).count()).isEqualTo(1);
    }

    // Names

    @ParameterizedTest(name = "{0} in {1} becomes {2}")
    @CsvSource({
        "rin_(nox)-2.b, outfit, rin_nox2b",
        "Rin Nox, outfit, RinNox",
        "yuna_(ff10), outfit, yuna_ff10",
        "Noob/aurora-v2.1.safetensors, checkpoint, Noob_aurora_v2_1_safetensors"
    })
    @Tag("G6")
    @Tag("G7")
    @Tag("G157")
    @Tag("G158")
    void the_slug_follows_from_the_id(String id, String category, String slug) {
        Asset made = library.assets(category).create(id, AssetData.parse("{}"));

        assertThat(made.key().slug()).isEqualTo(slug);
        assertThat(made.id()).isEqualTo(id);
        assertThat(made.name()).isEqualTo(id);
    }

    @Test
    @Tag("G8")
    void a_file_without_an_id_is_named_after_itself() {
        library.write("clothing/plain coat.json", "{\"outfit_id\": \" \"}");

        outfits.sync();

        assertThat(outfits.get("plaincoat").id()).isEqualTo("plain coat");
    }

    @Test
    @Tag("G5")
    @Tag("G9")
    void every_kind_has_its_folder() {
        library.close();

        for (Category category : library.open().categories()) {
            library.assets(category.id()).create("one", AssetData.parse("{}"));
            assertThat(library.file(category.folder() + "/one.json")).exists();
        }
        assertThat(List.of(root.resolve("data").toFile().list()))
                .contains("characters", "clothing", "actions", "styles", "scenes", "detailers", "looks", "checkpoints");
    }

    @Test
    @Tag("G4")
    @Tag("G9")
    void folders_may_lie_elsewhere() {
        LibraryFolders folders = new LibraryFolders(
                root, Path.of("files"), Path.of("pictures"), Path.of("cache"), Map.of("outfit", Path.of("wear")));

        try (AssetLibrary open = library.open(folders)) {
            open.repository("outfit").create("one", AssetData.parse("{}"));
            open.repository("scene").create("two", AssetData.parse("{}"));
        }

        assertThat(root.resolve("wear/one.json")).exists();
        assertThat(root.resolve("files/scenes/two.json")).exists();
        assertThat(root.resolve("cache/index.mv.db")).exists();
    }

    // A stranger's category

    @Test
    @Tag("G150")
    void a_category_of_a_plugin_has_everything_the_built_in_ones_have() {
        library.close();
        TestLibrary other = new TestLibrary(
                root,
                Category.named("pose").folder("poses").section("pose", Position.after("action"), "full_body", "arms"));
        try {
            AssetRepository poses = other.assets("pose");
            poses.create("lotus", AssetData.parse("{\"pose\": {\"arms\": \"open\"}}"));
            poses.editState("lotus", state -> state.withCover("pose/lotus/gen_1.png"));
            other.reopen();
            assertThat(other.assets("pose").list())
                    .extracting(AssetSummary::cover)
                    .containsExactly("pose/lotus/gen_1.png");
            assertThat(other.file("poses/lotus.json")).exists();
        } finally {
            other.close();
        }
        library.open();
        assertThat(library.file("poses/lotus.json"))
                .as("untouched while its plugin is away")
                .exists();
    }
}
