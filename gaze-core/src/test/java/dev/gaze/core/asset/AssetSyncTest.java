package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetSyncTest {
    @TempDir
    private Path root;

    private TestLibrary library;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
    }

    @AfterEach
    void close() {
        library.close();
    }

    @Test
    @Tag("G3")
    @Tag("G10")
    @Tag("G153")
    void opening_reads_the_files_of_every_category() {
        library.outfit("raincoat", "Yellow Raincoat");
        library.write("characters/mira.json", "{\"character_id\": \"mira_vale\", \"identity\": {\"hair\": \"red\"}}");

        library.open();

        assertThat(library.opened().added())
                .containsExactly(new AssetKey("character", "mira_vale"), new AssetKey("outfit", "raincoat"));
        assertThat(library.opened().problems()).isEmpty();
        assertThat(library.assets("character").get("mira_vale").data().value("identity", "hair"))
                .hasToString("Optional[\"red\"]");
        assertThat(library.assets("outfit").get("raincoat").name()).isEqualTo("Yellow Raincoat");
    }

    @Test
    @Tag("G3")
    void opening_again_finds_everything_unchanged_and_reads_nothing() throws IOException {
        Path file = library.outfit("raincoat", "Yellow Raincoat");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        library.open();

        library.reopen();

        assertThat(library.opened().unchanged()).isEqualTo(1);
        assertThat(library.opened().changedAnything()).isFalse();
        assertThat(library.assets("outfit").get("raincoat").name()).isEqualTo("Yellow Raincoat");
    }

    @Test
    @Tag("G10")
    void a_sync_tells_what_was_added_changed_and_removed() throws IOException {
        library.outfit("a", "A");
        library.outfit("b", "B");
        Path gone = library.outfit("c", "C");
        AssetRepository outfits = library.assets("outfit");

        library.outfit("b", "Bee");
        Files.delete(gone);
        library.outfit("d", "D");
        SyncReport report = outfits.sync();

        assertThat(report.added()).containsExactly(new AssetKey("outfit", "d"));
        assertThat(report.changed()).containsExactly(new AssetKey("outfit", "b"));
        assertThat(report.removed()).containsExactly(new AssetKey("outfit", "c"));
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(outfits.list()).extracting(AssetSummary::name).containsExactly("A", "Bee", "D");
        assertThat(outfits.sync().changedAnything()).isFalse();
    }

    @ParameterizedTest(name = "the file is {0} ms old when it is read, its clock ticks {1}")
    @CsvSource({"20, finely, true", "500, finely, false", "2000, in seconds, true", "9000, in seconds, false"})
    void a_file_read_right_after_its_change_is_read_once_more_because_its_clock_may_hide_the_next_one(
            int age, String ticks, boolean again) throws IOException {
        ManualTime time =
                new ManualTime(Instant.parse("2026-01-02T03:04:05Z").plusNanos(ticks.equals("finely") ? 1 : 0));
        FileTime tick = FileTime.from(time.now().minusMillis(age));
        Files.setLastModifiedTime(library.outfit("a", "One"), tick);
        AssetRepository outfits = library.at(time).assets("outfit");

        Files.setLastModifiedTime(library.outfit("a", "Two"), tick);

        assertThat(outfits.sync().changed()).hasSize(again ? 1 : 0);
        assertThat(outfits.list().get(0).name()).isEqualTo(again ? "Two" : "One");
        assertThat(outfits.get("a").name())
                .as("whoever reads the file sees what it holds")
                .isEqualTo("Two");
    }

    @Test
    void a_change_that_hides_from_the_clock_is_seen_by_edits_and_by_a_sync_of_that_asset() throws IOException {
        FileTime past = FileTime.from(Instant.parse("2026-01-01T00:00:00.5Z"));
        Files.setLastModifiedTime(library.outfit("a", "One"), past);
        Files.setLastModifiedTime(library.outfit("b", "One"), past);
        AssetRepository outfits = library.assets("outfit");
        outfits.get("a");

        Files.setLastModifiedTime(library.outfit("a", "Two"), past);
        Files.setLastModifiedTime(library.outfit("b", "Two"), past);

        assertThat(outfits.edit("a", data -> data.with(1, "n")).name()).isEqualTo("Two");
        assertThat(outfits.sync("b").changed()).containsExactly(new AssetKey("outfit", "b"));
        assertThat(outfits.sync("b").unchanged()).isEqualTo(1);
    }

    @Test
    void a_file_that_was_only_touched_is_unchanged() throws IOException {
        Path file = library.outfit("a", "One");
        AssetRepository outfits = library.assets("outfit");

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(outfits.sync().changedAnything()).isFalse();
    }

    @Test
    void a_single_asset_is_read_again_without_looking_at_others() throws IOException {
        library.outfit("a", "A");
        library.outfit("b", "B");
        AssetRepository outfits = library.assets("outfit");
        library.outfit("a", "Anna");
        library.outfit("b", "Berta");
        library.outfit("c", "Cleo");

        assertThat(outfits.sync("a").changed()).containsExactly(new AssetKey("outfit", "a"));
        assertThat(outfits.sync("c").added()).containsExactly(new AssetKey("outfit", "c"));

        assertThat(outfits.list()).extracting(AssetSummary::name).containsExactly("Anna", "B", "Cleo");
        Files.delete(library.file("clothing/a.json"));
        assertThat(outfits.sync("a").removed()).containsExactly(new AssetKey("outfit", "a"));
        assertThat(outfits.sync("nobody")).matches(report -> !report.changedAnything() && report.unchanged() == 0);
    }

    @Test
    @Tag("G3")
    void deleting_the_database_loses_nothing() throws IOException {
        library.outfit("a", "A");
        library.assets("outfit").editState("a", state -> state.withCover("outfit/a/gen_1.png"));
        library.close();
        try (var files = Files.walk(root.resolve(".gaze"))) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(path -> path.toFile().delete());
        }

        library.open();

        assertThat(library.assets("outfit").get("a").state().cover()).isEqualTo("outfit/a/gen_1.png");
    }

    @Test
    void a_database_that_cannot_be_read_is_put_aside_and_made_anew() throws IOException {
        library.outfit("a", "A");
        library.open();
        library.close();
        Files.write(root.resolve(".gaze/index.mv.db"), new byte[50_000]);

        library.open();

        assertThat(library.opened().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("made anew"));
        assertThat(root.resolve(".gaze/index.unreadable-1.mv.db")).exists();
        assertThat(library.assets("outfit").count()).isEqualTo(1);
        library.reopen();
        assertThat(library.opened().problems()).isEmpty();
        assertThat(library.opened().changedAnything()).isFalse();
    }

    @Test
    void progress_is_told_in_order_and_not_for_every_file() {
        for (int i = 0; i < 1_000; i++) {
            library.outfit("o" + i, "O" + i);
        }
        library.open();
        Instant past = Instant.parse("2026-01-01T00:00:00Z");
        library.assets("outfit")
                .list()
                .forEach(asset ->
                        library.file("clothing/" + asset.file()).toFile().setLastModified(past.toEpochMilli()));
        List<SyncProgress> told = new ArrayList<>();

        library.assets("outfit").sync(told::add);

        assertThat(told).hasSizeBetween(2, 20);
        assertThat(told).extracting(SyncProgress::done).isSorted().last().isEqualTo(1_000);
        assertThat(told).extracting(SyncProgress::total).containsOnly(1_000);
    }

    @Test
    @Tag("G155")
    @Tag("G156")
    @Tag("G84")
    @Tag("G94")
    void an_edit_is_in_the_file_and_in_the_index_and_survives_reopening() {
        library.write(
                "clothing/a.json",
                "{\"outfit_id\": \"a\", \"weight\": 0.80, \"later\": {\"x\": [1, 2]}, \"tags\": []}");
        AssetRepository outfits = library.assets("outfit");

        outfits.edit("a", data -> data.with("Blue Coat", "outfit_name").with("blue", "wardrobe", "top"));

        assertThat(outfits.get("a").name()).isEqualTo("Blue Coat");
        assertThat(library.file("clothing/a.json"))
                .content()
                .contains("\"weight\": 0.80", "\"later\"", "\"top\": \"blue\"");
        library.reopen();
        assertThat(library.opened().changedAnything()).isFalse();
        assertThat(library.assets("outfit").get("a").data().json().members().keySet())
                .containsExactly("outfit_id", "weight", "later", "tags", "outfit_name", "wardrobe");
    }

    @Test
    void a_created_asset_is_a_file_named_after_its_id() {
        AssetRepository outfits = library.assets("outfit");

        outfits.create("coat_(red)", AssetData.parse("{\"outfit_name\": \"Red Coat\"}"));

        assertThat(library.file("clothing/coat_(red).json")).content().startsWith("{\n  \"outfit_id\": \"coat_(red)\"");
        assertThat(outfits.get("coat_red").id()).isEqualTo("coat_(red)");
        assertThat(outfits.list()).extracting(AssetSummary::name).containsExactly("Red Coat");
    }
}
