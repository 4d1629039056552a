package dev.gaze.core.wildcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.LoraSuggestion;
import dev.gaze.api.template.Resolutions;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.api.template.Wildcard;
import dev.gaze.api.template.WildcardVersion;
import dev.gaze.api.template.Wildcards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wildcards as users see them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LibraryWildcardsTest extends WildcardTesting {
    private WildcardUses uses;
    private Wildcards wildcards;

    @BeforeEach
    void see() {
        uses = new WildcardUses(library);
        wildcards = new LibraryWildcards(library, uses, false);
    }

    @Test
    @Tag("D29")
    void files_are_listed_with_their_lists_and_how_many_entries_they_have() {
        Path beach = file("scene/beach.yaml", "templates: {day: ['[sky]', b], night: [c]}\nsky: [blue]\nname: Beach\n");
        file("hue/warm.txt", "red\n# no\namber\n");
        file("words.json", "[\"a\", 1, {\"text\": \"c\"}]");
        file("torn.yaml", "a: [");
        file("notes.md", "no wildcard");

        assertThat(wildcards.list())
                .extracting(
                        Wildcard::name, Wildcard::kind, Wildcard::categories, Wildcard::templates, Wildcard::entries)
                .containsExactly(
                        tuple("hue/warm", Wildcard.Kind.TEXT, List.of(), 0L, 2L),
                        tuple(
                                "scene/beach",
                                Wildcard.Kind.YAML,
                                List.of("templates/day", "templates/night", "sky"),
                                3L,
                                4L),
                        tuple("words", Wildcard.Kind.JSON, List.of(), 0L, 3L));
        assertThat(wildcards.list().get(1).file()).isEqualTo(beach);
        assertThat(wildcards.problems()).singleElement().asString().contains("torn.yaml:1");
    }

    @Test
    @Tag("D30")
    void a_template_is_resolved_with_seed_and_count() {
        file("hue/warm.txt", "red\namber\nrose\n");

        Resolutions three = wildcards.resolve("{cat|dog} on __hue/warm__", new Seed(42), 3);
        assertThat(three.items())
                .hasSize(3)
                .allSatisfy(item -> assertThat(item.template()).isEqualTo("{cat|dog} on __hue/warm__"));
        assertThat(three.items()).extracting(item -> item.seed().toString()).containsExactly("42", "43", "44");
        assertThat(three.texts())
                .isEqualTo(wildcards
                        .resolve("{cat|dog} on __hue/warm__", new Seed(42), 3)
                        .texts());
        assertThat(wildcards
                        .resolve("{cat|dog} on __hue/warm__", new Seed(43), 1)
                        .texts())
                .containsExactly(three.texts().get(1));
    }

    @Test
    @Tag("D30")
    void a_million_long_results_end_with_those_that_fit_into_memory() {
        Resolutions results = wildcards.resolve("<repeat[300000]:word >{1-9999}", new Seed(1), 1_000_000);

        assertThat(results.items()).hasSizeBetween(30, 40);
        assertThat(results.warnings()).singleElement().asString().contains("no more are written");
    }

    @Test
    @Tag("D30")
    @Tag("D18")
    void loras_linked_to_what_was_used_are_suggested() {
        file("hue/warm.txt", "red");
        file("hue/cold.txt", "teal");
        file("pet.txt", "__hue/warm__ hen");
        file(".state/loras.json", """
                {"hue": [{"name": "colours", "model_weight": 0.5}],
                 "Hue.Warm": [{"name": "fire", "model_weight": 0.8, "clip_weight": 0.6, "trigger": "fire, glow", "priority": 1},
                              {"name": "sun", "priority": 5}, {"name": ""}, 7],
                 "pet": {"name": "fire", "priority": 9}}
                """);

        assertThat(wildcards.resolve("__hue/warm__", new Seed(1), 1).loras())
                .containsExactly(
                        new LoraSuggestion("sun", 1, 1, "", 5), new LoraSuggestion("fire", 0.8, 0.6, "fire, glow", 1));
        assertThat(wildcards.resolve("__hue/cold__", new Seed(1), 1).loras())
                .containsExactly(new LoraSuggestion("colours", 0.5, 1, "", 0));
        assertThat(wildcards.resolve("__pet__", new Seed(1), 1).loras())
                .extracting(LoraSuggestion::name)
                .containsExactly("fire", "sun");
        assertThat(wildcards.resolve("a hen", new Seed(1), 1).loras()).isEmpty();
        assertThat(wildcards.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.where()).contains("loras.json, Hue.Warm"));
    }

    @Test
    @Tag("D18")
    void names_are_suggested_best_fit_first_and_then_by_use() throws IOException {
        file("hue/warm.txt", "red");
        file("hue/cold.txt", "teal");
        file("warmth.txt", "sun");
        file("sets.yaml", "hue: [a]\nplace: {luke-warm: [b], swarm: [c]}");
        assertThat(wildcards.suggest("", 9))
                .containsExactly("hue", "hue/cold", "hue/warm", "place/luke-warm", "place/swarm", "warmth");
        assertThat(wildcards.suggest("Warm", 9))
                .containsExactly("warmth", "hue/warm", "place/luke-warm", "place/swarm");

        uses.count(List.of("hue/warm", "sets/place/luke-warm"));
        uses.count(List.of("sets/place/luke-warm"));
        assertThat(wildcards.suggest("WARM", 3)).containsExactly("warmth", "place/luke-warm", "hue/warm");
        assertThat(wildcards.suggest("hue\\", 9)).containsExactly("hue/warm", "hue/cold");
        assertThat(wildcards.suggest("nothing", 9)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> wildcards.suggest("a", 0));
    }

    @Test
    @Tag("D18")
    void uses_are_added_to_those_that_others_kept_and_a_broken_file_is_begun_anew() throws IOException {
        WildcardUses others = new WildcardUses(library);
        uses.count(List.of("hue", "pet"));
        others.count(List.of("hue"));
        uses.close();
        others.close();
        others.close();
        assertThat(new WildcardUses(library).all()).containsOnly(Map.entry("hue", 2L), Map.entry("pet", 1L));

        file(".state/uses.json", "{\"hue\": 1e300, \"pet\": -4, \"sky\": \"x\"}");
        uses.count(List.of("hue", "pet"));
        assertThat(uses.all()).containsOnly(Map.entry("hue", 1L << 53), Map.entry("pet", 1L), Map.entry("sky", 0L));
        file(".state/uses.json", "{");
        uses.close();
        assertThat(new WildcardUses(library).all()).containsOnly(Map.entry("hue", 1L), Map.entry("pet", 1L));
        assertThat(wildcards.list()).isEmpty();
    }

    @Test
    @Tag("D51")
    void what_is_saved_over_stays_as_a_version_and_the_latest_wins() {
        Path warm = file("hue/warm.txt", "by hand\n");

        WildcardVersion saved = wildcards.save("hue/warm", "first\n");
        assertThat(saved.version()).isEqualTo(2);
        wildcards.save("hue/warm.txt", "second\n");

        assertThat(warm).hasContent("second");
        assertThat(all("__hue/warm__")).containsExactly("second");
        List<WildcardVersion> versions = wildcards.versions("hue/warm");
        assertThat(versions)
                .extracting(WildcardVersion::id, WildcardVersion::current)
                .containsExactly(
                        tuple("hue/warm.txt@3", true), tuple("hue/warm.txt@2", false), tuple("hue/warm.txt@1", false));
        assertThat(versions).extracting(wildcards::text).containsExactly("second\n", "first\n", "by hand\n");
        assertThat(versions).extracting(WildcardVersion::created).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(wildcards.list()).hasSize(1);
    }

    @Test
    @Tag("D51")
    void an_edit_by_hand_is_the_current_version_and_is_kept_by_the_next_save() throws IOException {
        Path file = wildcards.save("hue", "one").file();
        assertThat(wildcards.versions("hue")).hasSize(1);

        Files.writeString(file, "by hand");
        assertThat(wildcards.versions("hue"))
                .extracting(WildcardVersion::version, WildcardVersion::current)
                .containsExactly(tuple(2, true), tuple(1, false));

        wildcards.save("hue", "three");
        assertThat(wildcards.versions("hue")).extracting(wildcards::text).containsExactly("three", "by hand", "one");
    }

    @Test
    @Tag("D51")
    void of_many_who_save_at_once_every_text_stays() throws Exception {
        file("hue.txt", "old");
        int people = 6;
        CyclicBarrier start = new CyclicBarrier(people);
        ExecutorService threads = Executors.newFixedThreadPool(people);
        List<Future<?>> saves = new ArrayList<>();
        try {
            for (int i = 0; i < people; i++) {
                WildcardLibrary library = new WildcardLibrary(List.of(root), time);
                Wildcards own = new LibraryWildcards(library, new WildcardUses(library), false);
                String text = "text " + i;
                saves.add(threads.submit(() -> {
                    start.await();
                    return own.save("hue", text);
                }));
            }
            for (Future<?> save : saves) {
                save.get();
            }
        } finally {
            threads.shutdownNow();
        }

        List<WildcardVersion> versions = wildcards.versions("hue");
        assertThat(versions)
                .extracting(wildcards::text)
                .contains("old", "text 0", "text 1", "text 2", "text 3", "text 4", "text 5");
        assertThat(versions).filteredOn(WildcardVersion::current).hasSize(1);
        assertThat(versions).extracting(WildcardVersion::version).doesNotHaveDuplicates();
    }

    @Test
    @Tag("D51")
    void yaml_that_cannot_be_read_is_not_saved() {
        wildcards.save("scene.yaml", "sky: [blue]");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> wildcards.save("scene", "sky: [blue"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.INVALID))
                .withMessageContaining("scene.yaml:1");
        assertThat(all("__sky__")).containsExactly("blue");
        assertThat(wildcards.versions("scene")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../secret",
                "/etc/passwd",
                "hue/../../x",
                "C:\\x",
                ".state/loras.json",
                "a/.state/b",
                ".txt",
                "a/",
                "a\0b"
            })
    void a_name_that_leads_elsewhere_is_refused(String name) {
        for (Runnable call : List.<Runnable>of(() -> wildcards.save(name, "x"), () -> wildcards.versions(name))) {
            assertThatExceptionOfType(GazeException.class)
                    .isThrownBy(call::run)
                    .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
        }
    }

    @Test
    void a_file_nobody_knows_is_told_with_the_nearest() {
        file("hue/warm.txt", "red");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> wildcards.versions("hue/warn"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.NOT_FOUND))
                .withMessageContaining("did you mean 'hue/warm'?");
    }

    @Test
    void texts_too_large_and_read_only_libraries_are_refused() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> wildcards.save("hue", "x".repeat(8_000_001)))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> new LibraryWildcards(library, uses, true).save("hue", "x"))
                .withMessageContaining("read-only");
    }

    @Test
    @Tag("D51")
    void a_file_too_large_to_be_kept_is_not_saved_over() throws IOException {
        Path large = file("hue.txt", "x".repeat(8_000_001));

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> wildcards.save("hue", "red"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
        assertThat(Files.size(large)).isEqualTo(8_000_001);
    }

    @Test
    @Tag("D51")
    void a_name_means_one_file_and_no_other_that_ends_like_it() {
        Path below = file("hue/warm.txt", "red");

        assertThat(wildcards.save("warm.txt", "amber").file()).isEqualTo(root.resolve("warm.txt"));
        assertThat(wildcards.save("WARM", "rose").file()).isEqualTo(root.resolve("warm.txt"));
        assertThat(below).hasContent("red");
    }

    @Test
    void a_version_of_somewhere_else_is_not_read() {
        WildcardVersion saved = wildcards.save("hue", "x");
        Path secret = write(folder.resolve("secret.txt"), "secret");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> wildcards.text(new WildcardVersion(saved.name(), 1, saved.created(), true, secret)))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    @Tag("D18")
    void references_in_a_circle_are_problems_before_anybody_chooses_one() {
        file("ping.txt", "plain\nto {a|__pong__}\n");
        file("pong.txt", "${x=__ping__}${x}");
        file("own.yaml", "sky: [\"{own:sky}\"]\nsea: [\"__sky__\"]\ntemplates: [\"[sea] and [sky]\"]");
        file("leads/there.txt", "<repeat[2]:%{__ping__$$b}>");
        file("fine.txt", "__hue__ ${y:__hue__} __${y}__ __none__");
        file("hue.txt", "red");
        file("large.txt", "__large__\n".repeat(200_000));

        assertThat(wildcards.problems())
                .extracting(Problem::what, Problem::where)
                .containsExactlyInAnyOrder(
                        tuple("Wildcards go in a circle: ping → pong → ping", "ping"),
                        tuple("Wildcards go in a circle: own/sky → own/sky", "own/sky"));
        assertThat(all("__fine__")).hasSize(1);
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> all("__ping__"))
                .withMessageContaining("refers to itself");
    }

    @Test
    void reloading_reads_everything_again() {
        file("hue.txt", "red");
        assertThat(wildcards.reload()).isEmpty();
        file("torn.json", "{");
        assertThat(wildcards.reload())
                .extracting(Problem::where)
                .singleElement()
                .asString()
                .contains("torn.json");
    }

    @Test
    void requests_say_what_they_accept() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TemplateRequest.of("x").count(0))
                .withMessageContaining("accepted are 1 to 1000000");
    }
}
