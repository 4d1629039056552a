package dev.gaze.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.Page;
import dev.gaze.api.history.History;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.core.store.Database;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The history, whatever database it is in. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class HistoryContract {
    final ManualTime time = new ManualTime();
    Database database;
    History history;

    abstract Database open();

    @BeforeEach
    void openHistory() {
        database = open();
        history = new DatabaseHistory(() -> database, time);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private HistoryId add(String input, String output) {
        return history.add(HistoryNote.of(HistoryMode.ONESHOT, input, output, "sdxl"))
                .orElseThrow();
    }

    private List<String> inputs(HistoryQuery query) {
        return history.list(query).items().stream()
                .map(entry -> entry.note().input())
                .toList();
    }

    // Writing --------------------------------------------------------------------------------------------------------

    @Test
    void an_entry_whose_presets_nobody_can_read_or_keep_hides_no_other() {
        JsonObject deep = JsonObject.empty();
        for (int i = 0; i < 300; i++) {
            deep = JsonObject.of("in", deep);
        }
        history.add(
                HistoryNote.of(HistoryMode.ONESHOT, "deep", "deep sea", "flux").presets(deep));
        history.add(HistoryNote.of(HistoryMode.ONESHOT, "long", "long road", "flux")
                .presets(JsonObject.of("words", "x".repeat(2_000_000))));
        add("a lighthouse", "lighthouse, sea");

        assertThat(history.list(HistoryQuery.NEWEST).items())
                .extracting(entry -> entry.note().input())
                .containsExactlyInAnyOrder("deep", "long", "a lighthouse");
    }

    @Test
    @Tag("P37")
    @Tag("P39")
    void what_is_written_down_is_read_back_whole() {
        HistoryId parent = add("a lighthouse", "lighthouse, sea");
        time.advance(Duration.ofSeconds(3));
        HistoryNote note = HistoryNote.of(HistoryMode.CHAT, "brighter ☀ \"now\"\n", "bright lighthouse", "flux")
                .negative("dark")
                .writtenBy("qwen3:latest")
                .presets(JsonObject.of("hierarchical", JsonObject.of("category", "photography")))
                .request(JsonObject.of("target", "flux"))
                .parent(parent);

        HistoryId id = history.add(note).orElseThrow();

        HistoryEntry entry = history.get(id);
        assertThat(entry.note()).isEqualTo(note);
        assertThat(entry.made()).isEqualTo(time.now());
        assertThat(entry.job()).isNull();
        assertThat(entry.images()).isEmpty();
        JsonObject json = entry.toJson();
        assertThat(json.text("timestamp")).contains(time.now().toString());
        assertThat(json.text("user_input")).contains("brighter ☀ \"now\"\n");
        assertThat(json.text("generated_output")).contains("bright lighthouse");
        assertThat(json.text("model")).contains("flux");
        assertThat(json.text("mode")).contains("chat");
        assertThat(json.object("presets").members()).containsOnlyKeys("hierarchical");
        assertThat(json.text("parent")).contains(parent.toString());
        assertThat(json.get("job")).contains(JsonNull.NULL);
    }

    @Test
    @Tag("P39")
    void a_database_that_is_gone_gives_no_id_and_harms_nobody() {
        database.close();

        assertThat(history.add(HistoryNote.of(HistoryMode.ONESHOT, "a", "b", "sdxl")))
                .isEmpty();
    }

    @Test
    void texts_that_databases_do_not_like_are_kept_as_well_as_can_be() {
        HistoryId odd = add("nul \0 and half \uD83D a pair", "x".repeat(1_100_000));

        HistoryNote note = history.get(odd).note();

        assertThat(note.input()).isEqualTo("nul \uFFFD and half ? a pair");
        assertThat(note.output()).hasSize(500_000);
        assertThat(inputs(HistoryQuery.NEWEST.containing("half"))).hasSize(1);
        assertThat(inputs(HistoryQuery.NEWEST.containing("nothing \0 of the sort")))
                .isEmpty();
    }

    // Lists ----------------------------------------------------------------------------------------------------------

    @Test
    @Tag("P24")
    @Tag("P40")
    @Tag("P42")
    void the_newest_come_first_with_ties_by_id_in_pages() {
        for (int i = 0; i < 7; i++) {
            add("entry " + i, "words");
            if (i % 2 == 0) {
                time.advance(Duration.ofMinutes(1)); // so that some are written at the same instant
            }
        }

        assertThat(inputs(HistoryQuery.NEWEST))
                .containsExactly("entry 6", "entry 5", "entry 4", "entry 3", "entry 2", "entry 1", "entry 0");
        Page<HistoryEntry> page = history.list(HistoryQuery.NEWEST.page(2, 3));
        assertThat(page.items())
                .extracting(entry -> entry.note().input())
                .containsExactly("entry 4", "entry 3", "entry 2");
        assertThat(page.total()).isEqualTo(7);
        assertThat(page.hasMore()).isTrue();
        assertThat(history.list(HistoryQuery.NEWEST.page(7, 3)).items()).isEmpty();
    }

    @ParameterizedTest(name = "{0} passed over")
    @ValueSource(ints = {0, 1, 3, 4, 5, 6, 7, 8, 100})
    @Tag("P42")
    void every_page_tells_how_many_there_are_in_all(int offset) {
        IntStream.range(0, 7).forEach(i -> add("entry " + i, "words"));

        for (int limit : new int[] {1, 2, 3, 7, 8, 200}) {
            assertThat(history.list(HistoryQuery.NEWEST.page(offset, limit)).total())
                    .isEqualTo(7);
            assertThat(history.list(HistoryQuery.NEWEST.containing("nowhere").page(offset, limit))
                            .total())
                    .isZero();
        }
    }

    @Test
    @Tag("P40")
    void without_a_wish_the_50_newest_are_listed() {
        IntStream.range(0, 60).forEach(i -> add("entry " + i, "words"));

        assertThat(history.list(HistoryQuery.NEWEST).items()).hasSize(50);
        assertThat(history.list(200, "").items()).hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 201, Integer.MAX_VALUE, Integer.MIN_VALUE})
    @Tag("P24")
    void a_limit_out_of_range_is_refused(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.list(limit, ""))
                .withMessage("Limit must be between 1 and 200");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100% | 100% sure",
                "0% s | 100% sure",
                "a_b | a_b",
                "A_B | a_b",
                "'   ' | a_b,x-b,100% sure,grüße,back\\slash,quote'd",
                "\\ | back\\slash",
                "e'd | quote'd",
                "GRÜSSE | grüße",
                "strasse | ''",
                "Σχ | ''",
            })
    @Tag("P24")
    @Tag("P40")
    void a_search_is_literal_and_ignores_case(String text, String found) {
        for (String input : List.of("quote'd", "back\\slash", "grüße", "100% sure", "x-b", "a_b")) {
            add(input, "words");
        }

        assertThat(String.join(",", inputs(HistoryQuery.NEWEST.containing(text))))
                .isEqualTo(found);
    }

    @Test
    @Tag("P74")
    void a_search_without_measure_is_refused() {
        String words = "word ".repeat(100);

        assertThat(inputs(HistoryQuery.NEWEST.withWords(words))).isEmpty();
        assertThat(inputs(HistoryQuery.NEWEST.containing("x".repeat(20_000)))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryQuery.NEWEST.withWords(words + "more"));
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryQuery.NEWEST.containing("x".repeat(20_001)));
    }

    @Test
    @Tag("P40")
    void both_sides_are_searched_but_never_across() {
        add("a harbour", "at dawn");
        add("a street", "harbour lights");

        assertThat(inputs(HistoryQuery.NEWEST.containing("HARBOUR"))).containsExactly("a street", "a harbour");
        assertThat(inputs(HistoryQuery.NEWEST.containing("harbour at"))).isEmpty();
        assertThat(inputs(HistoryQuery.NEWEST.containing("harbour\u001Eat"))).isEmpty();
        assertThat(inputs(HistoryQuery.NEWEST.withWords("dawn  harbour"))).containsExactly("a harbour");
        assertThat(inputs(HistoryQuery.NEWEST.withWords("  "))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("P40")
    void a_search_finds_what_a_plain_scan_finds(long seed) {
        Random random = new Random(seed);
        String letters = "aA%_\\'b ";
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(word(random, letters, 1 + random.nextInt(6)));
            add(all.get(i), "-");
        }

        for (int i = 0; i < 20; i++) {
            String text = word(random, letters, 1 + random.nextInt(3));
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            assertThat(history.list(200, text).total())
                    .as("seed %d, '%s' in %s", seed, text, all)
                    .isEqualTo((int) all.stream()
                            .filter(input -> wanted.isEmpty()
                                    || input.toLowerCase(Locale.ROOT).contains(wanted))
                            .count());
        }
    }

    private static String word(Random random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .mapToObj(at -> letters.substring(at, at + 1))
                .reduce("", String::concat);
    }

    @Test
    @Tag("P42")
    void entries_are_filtered_by_mode_model_parent_and_time() {
        HistoryId first = add("first", "words");
        Instant later = time.now().plusSeconds(60);
        time.advance(Duration.ofSeconds(60));
        history.add(HistoryNote.of(HistoryMode.CHAT, "second", "words", "flux").parent(first));

        assertThat(inputs(HistoryQuery.NEWEST.in(HistoryMode.CHAT))).containsExactly("second");
        assertThat(inputs(HistoryQuery.NEWEST.forModel("sdxl"))).containsExactly("first");
        assertThat(inputs(HistoryQuery.NEWEST.refining(first))).containsExactly("second");
        assertThat(inputs(HistoryQuery.NEWEST.between(later, null))).containsExactly("second");
        assertThat(inputs(HistoryQuery.NEWEST.between(null, later))).containsExactly("first");
        assertThat(inputs(HistoryQuery.NEWEST.in(HistoryMode.CHAT).forModel("sdxl")))
                .isEmpty();
    }

    // Deleting, connecting, exporting --------------------------------------------------------------------------------

    @Test
    @Tag("P25")
    @Tag("P41")
    void deleting_says_whether_there_was_anything_and_leaves_children_alone() {
        HistoryId parent = add("first", "words");
        HistoryId child = history.add(HistoryNote.of(HistoryMode.CHAT, "second", "words", "sdxl")
                        .parent(parent))
                .orElseThrow();

        assertThat(history.delete(parent)).isTrue();
        assertThat(history.delete(parent)).isFalse();
        assertThat(history.find(parent)).isEmpty();
        assertThat(history.get(child).note().parent()).isNull();
        assertThatThrownBy(() -> history.get(parent))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(GazeException.Kind.NOT_FOUND));
    }

    @Test
    void connecting_to_what_is_not_there_is_refused() {
        assertThatThrownBy(() -> history.connect(new JobId(UUID.randomUUID()), new HistoryId(77)))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("no entry 77");
        assertThat(history.connect(new JobId(UUID.randomUUID()), null)).isFalse();
    }

    @Test
    @Tag("P39")
    void connecting_in_a_database_that_is_gone_harms_nobody() {
        HistoryId prompt = add("a", "b");
        assertThat(history.connect(new JobId(UUID.randomUUID()), prompt)).isTrue();
        database.close();

        assertThat(history.connect(new JobId(UUID.randomUUID()), prompt)).isFalse();
    }

    @Test
    void an_export_is_a_line_an_entry_also_when_something_is_written_meanwhile() {
        IntStream.range(0, 450).forEach(i -> add("entry\n" + i, "words"));
        List<String> lines = new ArrayList<>();

        long count = history.export(HistoryQuery.NEWEST.page(0, 1), line -> {
            lines.add(line);
            if (lines.size() % 100 == 0) {
                add("late", "words");
            }
        });

        assertThat(count).isEqualTo(450);
        assertThat(lines).hasSize(450).doesNotHaveDuplicates().noneMatch(line -> line.contains("\n"));
        assertThat(Json.object(lines.get(0)).text("user_input")).contains("entry\n449");
        assertThat(history.export(HistoryQuery.NEWEST.containing("entry\n44"), line -> {}))
                .isEqualTo(11);
    }

    @Test
    void ids_are_whole_numbers() {
        assertThat(HistoryId.parse(" 12 ")).isEqualTo(new HistoryId(12));
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryId.parse("twelve"));
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryId.parse("0"));
    }
}
