package dev.gaze.core.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.preset.FlatPresets;
import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of names: shipped, brought by plugins, and the user's own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlatPresetsTest extends PresetTesting {
    private static PresetProvider provider(String category, Map<String, String> presets) {
        return new PresetProvider() {
            @Override
            public String id() {
                return category;
            }

            @Override
            public Map<String, String> presets() {
                return presets;
            }
        };
    }

    @Test
    @Tag("P2")
    @Tag("P17")
    @Tag("P48")
    void what_ships_has_four_categories_that_begin_with_none() {
        FlatPresets flat = presets().flat();

        assertThat(flat.categories().keySet()).containsExactly("styles", "artists", "composition", "lighting");
        assertThat(flat.categories().values()).allSatisfy(presets -> {
            assertThat(presets.keySet().iterator().next()).isEqualTo("None");
            assertThat(presets.get("None")).isEmpty();
            presets.forEach((name, text) -> assertThat(name.isBlank()).isFalse());
        });
        assertThat(flat.text("lighting", "None")).isEmpty();
        assertThat(flat.text("lighting", "Nobody's")).isEmpty();
        assertThat(flat.text("nowhere", "Neon")).isEmpty();
        assertThat(presets().problems()).isEmpty();
    }

    @Test
    @Tag("P3")
    @Tag("P4")
    @Tag("P5")
    @Tag("P6")
    void the_names_people_know_are_there_each_with_words_of_its_own() {
        Map<String, Map<String, String>> flat = presets().flat().categories();

        assertThat(flat.get("styles").keySet())
                .contains(
                        "Cinematic",
                        "Anime",
                        "Photorealistic",
                        "Oil Painting",
                        "Digital Art",
                        "Watercolor",
                        "Cyberpunk",
                        "Fantasy Art",
                        "Comic Book",
                        "Minimalist",
                        "Surreal",
                        "Vintage",
                        "3D Render",
                        "Pencil Sketch");
        assertThat(flat.get("artists").keySet())
                .contains(
                        "Greg Rutkowski",
                        "Artgerm",
                        "Ross Tran",
                        "Loish",
                        "Alphonse Mucha",
                        "H.R. Giger",
                        "Moebius",
                        "Zdzisław Beksiński",
                        "Ansel Adams",
                        "Annie Leibovitz",
                        "Steve McCurry",
                        "Peter Lindbergh",
                        "Sebastião Salgado",
                        "Irving Penn",
                        "Hayao Miyazaki",
                        "Makoto Shinkai",
                        "Simon Stålenhag");
        assertThat(flat.get("composition").keySet())
                .contains(
                        "Portrait",
                        "Landscape",
                        "Close-up",
                        "Wide Shot",
                        "Medium Shot",
                        "Extreme Close-up",
                        "Bird's Eye View",
                        "Low Angle",
                        "High Angle",
                        "Dutch Angle",
                        "Rule of Thirds",
                        "Symmetrical",
                        "Leading Lines",
                        "Frame within Frame",
                        "Golden Ratio");
        assertThat(flat.get("lighting").keySet())
                .contains(
                        "Golden Hour",
                        "Blue Hour",
                        "Natural Window Light",
                        "Harsh Sunlight",
                        "Overcast",
                        "Professional Studio Lighting",
                        "Soft Diffused",
                        "Neon",
                        "Volumetric",
                        "Backlit",
                        "Dramatic Shadows",
                        "Moonlight",
                        "Candlelight",
                        "Fire Light",
                        "Underwater Light");
        flat.values().forEach(presets -> assertThat(presets.values()).doesNotHaveDuplicates());
    }

    @Test
    @Tag("P50")
    void an_edited_file_counts_from_the_next_call_and_a_new_category_needs_only_the_file() throws Exception {
        Presets presets = presets();
        file("mine.json", "{\"styles\": {\"Woodcut\": \"bold black cuts\"}, \"weather\": {\"Fog\": \"thick fog\"}}");

        assertThat(presets.flat().text("styles", "Woodcut")).contains("bold black cuts");
        assertThat(presets.flat().categories().get("weather")).containsOnlyKeys("None", "Fog");

        file("mine.json", "{\"styles\": {\"Woodcut\": \"bold black cutz\"}}"); // same length, perhaps the same tick
        assertThat(presets.flat().text("styles", "Woodcut")).contains("bold black cutz");
        assertThat(presets.flat().categories()).doesNotContainKey("weather");

        Files.delete(library.resolve("presets/mine.json"));
        assertThat(presets.flat().text("styles", "Woodcut")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat.json", "hierarchy.json"})
    @Tag("P13")
    void nothing_that_ships_is_for_adults_only(String file) throws Exception {
        try (InputStream shipped = ShippedPresets.class.getResourceAsStream(file)) {
            assertThat(new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isNotBlank()
                    .doesNotContainPattern(
                            "(?i)\\b(adults?|nsfw|nud(e|es|ity)|erotic\\w*|hentai|ecchi|lewd|sex\\w*|sensual"
                                    + "|porn\\w*|fetish|boudoir|pin-?up|glamour|lingerie|topless)\\b");
        }
    }

    @Test
    @Tag("P13")
    void a_users_own_file_wins_over_ours_and_may_hold_any_category() {
        file("a.json", "{\"lighting\": {\"Neon\": \"from a\"}}");
        file("b.json", "{\"lighting\": {\"Neon\": \"from b\"}, \"anything\": {\"At All\": \"of theirs\"}}");

        FlatPresets flat = presets().flat();

        assertThat(flat.text("lighting", "Neon")).contains("from b");
        assertThat(flat.text("lighting", "Moonlight")).isPresent();
        assertThat(flat.text("anything", "At All")).contains("of theirs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "nonsense", "{\"styles\": {\"A\": \"b\"}} trailing"})
    @Tag("P2")
    void a_broken_file_leaves_the_four_categories_with_only_none_and_a_problem(String content) {
        file("broken.json", content);

        Presets presets = own();

        assertThat(presets.flat().categories())
                .isEqualTo(Map.of(
                        "styles", Map.of("None", ""),
                        "artists", Map.of("None", ""),
                        "composition", Map.of("None", ""),
                        "lighting", Map.of("None", "")));
        assertThat(presets.problems()).hasSize(1);
        assertThat(presets.problems().get(0).where()).startsWith("presets/broken.json");
    }

    @Test
    void without_any_file_there_is_only_none() {
        assertThat(own().flat().categories().values()).allMatch(Map.of("None", "")::equals);
        assertThat(own().problems()).isEmpty();
    }

    @Test
    void a_preset_without_name_or_words_is_left_out_and_told_with_its_line() {
        file("mine.json", """
                {"styles": {
                   "Good": "words",
                   "Empty": " ",
                   "Number": 7,
                   " ": "nameless",
                   "None": "not empty"},
                 "lighting": "bright"}
                """);

        Presets presets = own();

        assertThat(presets.flat().categories().get("styles")).isEqualTo(Map.of("None", "", "Good", "words"));
        assertThat(presets.problems())
                .extracting(problem -> problem.where())
                .containsExactly(
                        "presets/mine.json:3", "presets/mine.json:4", "presets/mine.json:5", "presets/mine.json:7");
    }

    @Test
    @Timeout(30)
    void a_file_of_a_hundred_thousand_mistakes_is_read_quickly_and_told_in_short() {
        file(
                "mine.json",
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "\"preset %d\": %s".formatted(i, i % 2 == 0 ? "\"words\"" : "false"))
                        .collect(Collectors.joining(",\n", "{\"styles\": {", "}}")));

        Presets presets = own();

        assertThat(presets.flat().categories().get("styles")).hasSize(50_001);
        assertThat(presets.problems())
                .hasSize(51)
                .last()
                .satisfies(last -> assertThat(last.what()).startsWith("49950 more problems"));
    }

    @Test
    void a_file_may_have_eight_megabytes_or_as_many_as_the_settings_say() {
        file("mine.json", "{\"styles\": {\"Long\": \"%s\"}}".formatted("x".repeat(7_900_000)));
        assertThat(own().flat().text("styles", "Long")).isPresent();

        file("mine.json", "{\"styles\": {\"Long\": \"%s\"}}".formatted("x".repeat(8_000_000)));
        assertThat(own().flat().text("styles", "Long")).isEmpty();
        assertThat(own().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("8000024 bytes; at most 8000000");
            assertThat(problem.where()).contains("mine.json");
        });

        Presets small = presets(new PresetSettings(PresetMode.HIERARCHICAL, false, 50));
        file("mine.json", "{\"styles\": {\"Short\": \"words and words and words and words\"}}");
        assertThat(small.problems()).hasSize(1);
        small.add("styles", "A", "b");
        assertThatThrownBy(() -> small.add("styles", "B", "words and words"))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("more than 50 bytes")
                .hasMessageContaining("presets/user.json");
        assertThat(small.flat().categories().get("styles")).containsOnlyKeys("None", "A");
    }

    @Test
    @Tag("P67")
    void users_add_and_delete_presets_in_a_file_of_their_own() {
        Presets presets = presets();

        presets.add("styles", "Woodcut", "bold black cuts");
        presets.add("lighting", "Neon", "my neon");
        presets.add("weather", "Fog", "thick fog");

        assertThat(presets.flat().text("styles", "Woodcut")).contains("bold black cuts");
        assertThat(presets.flat().text("lighting", "Neon")).contains("my neon");
        assertThat(presets().flat().text("weather", "Fog")).contains("thick fog");
        assertThat(presets.delete("lighting", "Neon")).isTrue();
        assertThat(presets.flat().text("lighting", "Neon")).contains("neon lighting, colored glow, wet reflections");
        assertThat(presets.delete("weather", "Fog")).isTrue();
        assertThat(presets.flat().categories()).doesNotContainKey("weather");
        assertThat(presets.delete("weather", "Fog")).isFalse();
        assertThat(presets.delete("styles", "Cinematic")).isFalse();
        assertThat(read("user.json")).contains("Woodcut").doesNotContain("Neon");
    }

    @Test
    @Tag("P67")
    void adding_never_spoils_a_file_it_cannot_read_and_refuses_what_is_no_preset() {
        Presets presets = presets();
        assertThatIllegalArgumentException().isThrownBy(() -> presets.add(" ", "name", "words"));
        assertThatIllegalArgumentException().isThrownBy(() -> presets.add("styles", "name", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> presets.add("styles", "None", "words"));

        file("user.json", "{\"styles\": {\"Mine\": ");
        assertThatThrownBy(() -> presets.add("styles", "Other", "words"))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("presets/user.json");
        assertThat(read("user.json")).isEqualTo("{\"styles\": {\"Mine\": ");

        file("user.json", "{\"categories\": {}}");
        assertThatThrownBy(() -> presets.add("styles", "Other", "words")).hasMessageContaining("hierarchy");
    }

    @Test
    void a_library_that_is_open_read_only_keeps_its_presets() {
        Presets presets = new LibraryPresets(library.resolve("presets"), PresetSettings.DEFAULT, List.of(), true);

        assertThatThrownBy(() -> presets.add("styles", "Woodcut", "cuts"))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> presets.delete("styles", "Woodcut")).isInstanceOf(GazeException.class);
        assertThat(library.resolve("presets")).doesNotExist();
    }

    @Test
    @Tag("P70")
    void a_plugin_brings_a_category_between_ours_and_the_users() {
        Map<String, String> brought = new LinkedHashMap<>();
        brought.put("Polaroid", "instant film border");
        brought.put("Neon", "the plugin's neon");
        file("mine.json", "{\"cameras\": {\"Polaroid\": \"my polaroid\"}}");

        FlatPresets flat = presets(provider("cameras", brought), provider("lighting", Map.of("Neon", "plugin's")))
                .flat();

        assertThat(flat.text("cameras", "Polaroid")).contains("my polaroid");
        assertThat(flat.text("cameras", "Neon")).contains("the plugin's neon");
        assertThat(flat.text("lighting", "Neon")).contains("plugin's");
    }

    @Test
    @Tag("P70")
    void a_plugin_that_throws_or_answers_nonsense_is_told_and_harms_nobody() {
        Map<String, String> nonsense = new LinkedHashMap<>();
        nonsense.put(null, "words");
        nonsense.put("Nothing", null);
        nonsense.put("Good", "good words");
        Presets presets = presets(provider("odd", nonsense), new PresetProvider() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public Map<String, String> presets() {
                throw new IllegalStateException("no presets today");
            }
        });

        assertThat(presets.flat().text("odd", "Good")).contains("good words");
        assertThat(presets.flat().text("styles", "Cinematic")).isPresent();
        assertThat(presets.problems()).hasSize(3).last().asString().contains("no presets today", "'broken'");
    }
}
