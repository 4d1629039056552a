package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetState.LastUsed;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Page;
import dev.gaze.api.asset.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
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

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetRepositoryTest {
    @TempDir
    private Path root;

    private TestLibrary library;
    private AssetRepository outfits;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
        library.outfit("raincoat", "yellow Raincoat");
        library.outfit("apron", "Apron");
        library.outfit("beret", "Étoile Beret");
        outfits = library.assets("outfit");
    }

    @AfterEach
    void close() {
        library.close();
    }

    // Finding

    @Test
    @Tag("G81")
    @Tag("G91")
    void what_does_not_exist_is_told_with_the_nearest_names() {
        Refusal.of(() -> outfits.get("raincote")).isMissing().says("did you mean 'raincoat'?");
        Refusal.of(() -> outfits.get("Raincoat")).isMissing();
        assertThat(outfits.find("../characters/x")).isEmpty();
    }

    @Test
    void an_unknown_category_is_told_with_the_nearest_names() {
        library.close();
        AssetLibrary open = library.open();

        Refusal.of(() -> open.repository("outfits")).isMissing().says("did you mean 'outfit'?");
        assertThat(open.categories()).extracting(Category::id).contains("character", "checkpoint");
    }

    @Test
    @Tag("G37")
    void a_stored_choice_resolves_to_that_asset_a_random_one_or_none() {
        assertThat(outfits.resolve("apron", new Random(1))).map(Asset::name).contains("Apron");
        assertThat(outfits.resolve(AssetRepository.RANDOM, new Random(1))).isPresent();
        assertThat(outfits.resolve("", new Random(1))).isEmpty();
        assertThat(outfits.resolve("nobody", new Random(1))).isEmpty();
        assertThat(outfits.random(new Random(7))).isEqualTo(outfits.random(new Random(7)));
        assertThat(library.assets("look").random(new Random(7))).isEmpty();
        assertThat(IntStream.range(0, 60)
                        .mapToObj(
                                i -> outfits.random(new Random(i)).orElseThrow().id()))
                .contains("apron", "beret", "raincoat");
    }

    @Test
    @Tag("G80")
    @Tag("G90")
    @Tag("G108")
    void lists_are_sorted_by_display_name_without_regard_to_case_with_ties_by_slug() {
        library.outfit("z2", "apron");
        library.outfit("z1", "APRON");
        outfits.sync();

        assertThat(outfits.list())
                .extracting(AssetSummary::slug)
                .containsExactly("apron", "z1", "z2", "raincoat", "beret");
        outfits.create("bonnet", AssetData.parse("{\"outfit_name\": \"Apron\"}"));
        assertThat(outfits.list())
                .extracting(AssetSummary::slug)
                .containsExactly("apron", "bonnet", "z1", "z2", "raincoat", "beret");
    }

    @Test
    void pages_are_parts_of_the_list() {
        Page<AssetSummary> page = outfits.list(1, 1);

        assertThat(page.items()).extracting(AssetSummary::slug).containsExactly("raincoat");
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.hasMore()).isTrue();
        assertThat(outfits.list(3, 5).items()).isEmpty();
        assertThat(outfits.list(2, Integer.MAX_VALUE).items()).hasSize(1);
        assertThatThrownBy(() -> outfits.list(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> outfits.list(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RAIN yellow, raincoat",
        "étoile, beret",
        "blue apron, apron",
        "bere, beret",
        "%, ''",
        "yellow apron, ''"
    })
    void a_search_finds_every_word_in_name_id_or_tags(String text, String slug) {
        assertThat(outfits.search(text, 0, 10).items())
                .extracting(AssetSummary::slug)
                .containsExactlyElementsOf(slug.isEmpty() ? List.of() : List.of(slug));
    }

    @Test
    void a_blank_search_finds_all_and_pages_count_what_was_found() {
        assertThat(outfits.search(" ", 0, 2).total()).isEqualTo(3);
        assertThat(outfits.search("blue", 1, 1))
                .matches(page -> page.total() == 3 && page.items().size() == 1);
    }

    // Changing

    @Test
    @Tag("G97")
    void a_clone_has_a_new_id_and_file_and_none_of_the_state() {
        outfits.editState("raincoat", state -> state.withCover("outfit/raincoat/gen_1.png"));

        Asset clone = outfits.clone("raincoat", "raincoat_02");

        assertThat(clone.name()).isEqualTo("yellow Raincoat");
        assertThat(clone.state().cover()).isNull();
        assertThat(library.file("clothing/raincoat_02.json")).exists();
        Refusal.of(() -> outfits.clone("raincoat", "rain-coat")).isConflict().says("'raincoat' is taken");
        Refusal.of(() -> outfits.clone("raincoat", "ΩΩ")).isInvalid();
    }

    @Test
    @Tag("G98")
    @Tag("G121")
    void replaced_json_is_checked_first_and_the_file_name_stays() throws IOException {
        library.write("clothing/Old Name.json", "{\"outfit_id\": \"coat\"}");
        outfits.sync();

        Refusal.of(() -> outfits.replaceJson("coat", "{ broken")).isInvalid();
        Refusal.of(() -> outfits.replaceJson("coat", "{\"outfit_id\": \"coat\", \"lora\": 5}"))
                .isInvalid()
                .says("lora is 5; expected an object");
        assertThat(Files.readString(library.file("clothing/Old Name.json"))).isEqualTo("{\"outfit_id\": \"coat\"}");

        outfits.replaceJson("coat", "{\"outfit_id\": \"coat\", \"outfit_name\": \"New\"}");

        assertThat(library.file("clothing/Old Name.json")).content().contains("New");
        assertThat(outfits.get("coat").name()).isEqualTo("New");
    }

    @Test
    void content_over_the_size_limit_is_refused_and_nothing_is_written() throws IOException {
        String before = Files.readString(library.file("clothing/apron.json"));

        Refusal.of(() -> outfits.edit("apron", data -> data.with("x".repeat(1_000_001), "note")))
                .isRefused();

        assertThat(Files.readString(library.file("clothing/apron.json"))).isEqualTo(before);
        assertThat(library.file("clothing")).isDirectoryNotContaining("glob:**/*.tmp");
    }

    @Test
    void an_edit_that_would_make_the_file_wrong_is_refused() {
        Refusal.of(() -> outfits.edit("apron", data -> data.with(List.of(), "lora")))
                .isInvalid()
                .says("lora is a list; expected an object");
    }

    @Test
    @Tag("G155")
    void an_edit_sees_what_somebody_wrote_meanwhile_and_keeps_it() {
        Asset read = outfits.get("apron");
        library.write("clothing/apron.json", "{\"outfit_id\": \"apron\", \"outfit_name\": \"By hand\"}");

        Refusal.of(() -> outfits.replace(read, read.data().with("mine", "note")))
                .isConflict()
                .says("Somebody else changed 'outfit/apron'");
        assertThat(library.file("clothing/apron.json")).content().contains("By hand");

        Asset edited = outfits.edit("apron", data -> data.with("mine", "note"));
        assertThat(edited.name()).isEqualTo("By hand");
        assertThat(outfits.replace(edited, edited.data().with("again", "note"))
                        .data()
                        .json()
                        .text("note"))
                .contains("again");
    }

    @Test
    void an_edit_that_loses_the_race_is_called_again_with_the_newer_content() {
        int[] calls = new int[1];

        Asset edited = outfits.edit("apron", data -> {
            if (calls[0]++ == 0) {
                library.write("clothing/apron.json", "{\"outfit_id\": \"apron\", \"outfit_name\": \"Faster\"}");
            }
            return data.with("mine", "note");
        });

        assertThat(calls[0]).isEqualTo(2);
        assertThat(edited.name()).isEqualTo("Faster");
        assertThat(edited.data().json().text("note")).contains("mine");
    }

    @Test
    void an_edit_that_is_always_too_late_is_a_conflict() {
        int[] calls = new int[1];

        Refusal.of(() -> outfits.edit("apron", data -> {
                    library.write("clothing/apron.json", "{\"outfit_id\": \"apron\", \"n\": %d}".formatted(calls[0]++));
                    return data.with("mine", "note");
                }))
                .isConflict();

        assertThat(library.file("clothing/apron.json")).content().doesNotContain("mine");
    }

    @Test
    void an_edit_that_changes_nothing_writes_nothing() throws IOException {
        var before = Files.getLastModifiedTime(library.file("clothing/apron.json"));

        outfits.edit("apron", data -> data);

        assertThat(Files.getLastModifiedTime(library.file("clothing/apron.json")))
                .isEqualTo(before);
    }

    @Test
    void an_edit_of_a_file_that_is_broken_by_now_is_told_and_one_that_is_gone_is_missing() throws IOException {
        library.write("clothing/apron.json", "{ broken");
        Files.delete(library.file("clothing/beret.json"));

        Refusal.of(() -> outfits.edit("apron", data -> data)).isInvalid().says("clothing/apron.json:1");
        Refusal.of(() -> outfits.edit("beret", data -> data)).isMissing();
        assertThat(library.file("clothing/apron.json")).hasContent("{ broken");
    }

    @Test
    void reading_notices_a_file_that_changed_since_the_sync() throws IOException {
        library.write("clothing/apron.json", "{\"outfit_id\": \"apron\", \"outfit_name\": \"By hand\"}");
        Files.delete(library.file("clothing/beret.json"));

        assertThat(outfits.get("apron").name()).isEqualTo("By hand");
        assertThat(outfits.find("beret")).isEmpty();
    }

    @Test
    void a_thousand_edits_by_eight_threads_lose_none() throws Exception {
        CountDownLatch done = new CountDownLatch(8);
        for (int t = 0; t < 8; t++) {
            new Thread(() -> {
                        for (int i = 0; i < 25; i++) {
                            outfits.edit(
                                    "apron",
                                    data -> data.with(
                                            data.json()
                                                            .number("n")
                                                            .map(n -> n.asInt())
                                                            .orElse(0)
                                                    + 1,
                                            "n"));
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(outfits.get("apron").data().json().number("n").orElseThrow().asInt())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "id {index}")
    @ValueSource(strings = {"../evil", "a/b", "a\\b", "C:evil", "/evil", "nul\0l", ".hidden", "%2e%2e%2fevil"})
    @Tag("I80")
    void a_hostile_id_makes_a_harmless_file_name(String id) throws IOException {
        outfits.create(id, AssetData.parse("{}"));

        String slug = outfits.category().slug(id);
        assertThat(library.file("clothing/" + slug + ".json")).exists();
        try (var files = Files.walk(root)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.contains("evil")))
                    .allMatch(name -> name.equals(slug + ".json"));
        }
    }

    @Test
    void a_create_never_overwrites_a_file_that_is_not_loaded() {
        library.write("clothing/broken.json", "{ broken");

        Refusal.of(() -> outfits.create("broken", AssetData.parse("{}"))).isConflict();

        assertThat(library.file("clothing/broken.json")).hasContent("{ broken");
    }

    // State

    @Test
    @Tag("G86")
    @Tag("G96")
    @Tag("G151")
    void state_lives_beside_the_file_and_unknown_keys_survive() throws IOException {
        library.write(
                "clothing/.state/apron.json",
                "{\"rating\": 4, \"cover\": \"a.png\", \"last_used\": {\"mood\": \"x\", \"character\": \"mira\"}}");
        outfits.sync();

        outfits.editState(
                "apron",
                state -> state.withDefaultFields(List.of(FieldAddress.parse("wardrobe::top")))
                        .withLastUsed(new LastUsed(
                                List.of(FieldAddress.NAME), "p.png", "__random__", "wave", "sun", "rain")));

        assertThat(library.file("clothing/.state/apron.json"))
                .content()
                .containsSubsequence("\"rating\": 4", "\"cover\": \"a.png\"", "\"last_used\"", "\"mood\": \"x\"");
        library.reopen();
        var state = library.assets("outfit").get("apron").state();
        assertThat(state.defaultFields()).containsExactly(new FieldAddress("wardrobe", "top"));
        assertThat(state.lastUsed().extraNegative()).isEqualTo("rain");
        assertThat(state.more().number("rating").orElseThrow().asInt()).isEqualTo(4);
        assertThat(Files.readString(library.file("clothing/apron.json"))).doesNotContain("rating");
    }

    @Test
    void a_sidecar_that_would_hold_nothing_is_removed() {
        outfits.editState("apron", state -> state.withCover("a.png"));
        outfits.editState("apron", state -> state.withCover(null));

        assertThat(library.file("clothing/.state/apron.json")).doesNotExist();
        assertThat(outfits.sync().changedAnything()).isFalse();
    }

    @Test
    void a_sidecar_changed_by_hand_is_seen_by_the_next_sync() {
        outfits.editState("apron", state -> state.withCover("a.png"));
        library.write("clothing/.state/apron.json", "{\"cover\": \"by hand.png\"}");
        library.write("clothing/.state/beret.json", "{\"cover\": \"b.png\"}");

        SyncReport report = outfits.sync();

        assertThat(report.changed()).extracting(key -> key.slug()).containsExactlyInAnyOrder("apron", "beret");
        assertThat(outfits.list()).extracting(AssetSummary::cover).contains("by hand.png", "b.png");
    }

    @Test
    @Tag("G108")
    @Tag("G110")
    void covers_can_be_missing_and_be_cleared() {
        outfits.editState("apron", state -> state.withCover("a.png"));
        library.write("clothing/.state/beret.json", "{\"cover\": \"  \"}");
        outfits.sync();

        assertThat(outfits.withoutCover()).extracting(AssetSummary::slug).containsExactly("raincoat", "beret");
        assertThat(outfits.clearCovers()).isEqualTo(1);
        assertThat(outfits.withoutCover()).hasSize(3);
        assertThat(outfits.clearCovers()).isZero();
    }
}
