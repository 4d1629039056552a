package dev.gaze.llm.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.PresetSelection.Flat;
import dev.gaze.api.preset.PresetSelection.Hierarchical;
import dev.gaze.api.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact text a model is told, from words and presets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageLayoutTest {
    @TempDir
    private Path library;

    private final List<Problem> warnings = new ArrayList<>();
    private Gaze gaze;

    @BeforeEach
    void openLibrary() throws Exception {
        file("flat.json", """
                {"styles": {"Wash": "soft washes"}, "artists": {"Mira": "in the manner of Mira"},
                 "lighting": {"Low": "low sun"}, "composition": {"Near": "near"}, "film_stock": {"Old": "old film"}}
                """);
        file("deep.json", """
                {"categories": {
                  "photo": {"name": "Photo", "level2_types": {
                    "wild": {"name": "Wild", "level3_artists": {
                      "ann": {"name": "Ann", "description": "patient", "signature": "eye level",
                        "level4_technical": {
                          "lens": {"name": "Lens", "options": [
                            "wide_angle",
                            {"id": "f2", "name": "F/2", "description": "soft"},
                            {"id": "f8", "name": "F/8"}]}}},
                      "bare": {"name": "Bare"}}}}}}}
                """);
        Files.writeString(library.resolve("gaze.json"), "{\"presets\": {\"shipped\": false}}");
        gaze = Gaze.builder().library(library).onlyGivenPlugins().open();
    }

    @AfterEach
    void close() {
        gaze.close();
    }

    private void file(String name, String content) throws Exception {
        Files.writeString(Files.createDirectories(library.resolve("presets")).resolve(name), content);
    }

    private String oneShot(String text, PresetSelection chosen) {
        return new MessageLayout(gaze.presets()).oneShot(text, chosen, warnings::add);
    }

    private String chat(String text, PresetSelection chosen) {
        return new MessageLayout(gaze.presets()).chat(text, chosen, warnings::add);
    }

    // Flat -----------------------------------------------------------------------------------------------------------

    @Test
    @Tag("P49")
    void presets_of_one_go_stand_between_the_idea_and_the_wish() {
        assertThat(oneShot("a lighthouse", new Flat(Map.of("lighting", "Low")).with("styles", "Wash")))
                .isEqualTo("User's image idea: a lighthouse\n\nSelected presets:\nStyle: soft washes\nLighting: low sun"
                        + "\n\nPlease create a detailed prompt incorporating these elements.");
    }

    @Test
    @Tag("P49")
    void presets_of_a_conversation_stand_in_brackets_behind_the_message() {
        assertThat(chat("brighter", new Flat(Map.of("styles", "Wash", "lighting", "Low"))))
                .isEqualTo("brighter\n\n[Selected presets: Style: soft washes\nLighting: low sun]");
    }

    @Test
    @Tag("P49")
    void labels_have_their_order_whatever_was_chosen_first_and_other_categories_follow() {
        Flat chosen = new Flat(Map.of())
                .with("film_stock", "Old")
                .with("lighting", "Low")
                .with("composition", "Near")
                .with("artists", "Mira")
                .with("styles", "Wash");

        assertThat(chat("x", chosen)).isEqualTo("""
                        x

                        [Selected presets: Style: soft washes
                        Artist/Style: in the manner of Mira
                        Composition: near
                        Lighting: low sun
                        Film Stock: old film]""");
    }

    @Test
    @Tag("P48")
    @Tag("P49")
    void none_and_unknown_names_leave_the_bare_text() {
        for (PresetSelection chosen : List.of(
                PresetSelection.NONE,
                new Flat(Map.of("styles", "None", "lighting", "None")),
                new Flat(Map.of("styles", "Nobody's", "nowhere", "Low")))) {
            assertThat(oneShot("a lighthouse", chosen)).isEqualTo("a lighthouse");
            assertThat(chat("a lighthouse", chosen)).isEqualTo("a lighthouse");
        }
        warnings.clear();
        assertThat(oneShot("x", new Flat(Map.of("styles", "None", "lighting", "Low"))))
                .contains("presets:\nLighting:");
        assertThat(warnings).isEmpty();
    }

    @Test
    @Tag("P74")
    void whatever_nobody_knows_is_told_with_the_nearest_name() {
        oneShot("x", new Flat(Map.of("lighting", "Lov")).with("stiles", "Wash"));
        assertThat(warnings)
                .extracting(Problem::what)
                .containsExactly(
                        "There is no preset in 'lighting' 'Lov', so it was left out",
                        "There is no preset category 'stiles', so it was left out");
        assertThat(warnings).extracting(Problem::fix).containsExactly("did you mean 'Low'?", "did you mean 'styles'?");
        warnings.clear();

        Hierarchical photo = Hierarchical.in("photo");
        oneShot("x", Hierarchical.in("foto"));
        oneShot("x", photo.type("wlid").universal("mod", "calm"));
        oneShot("x", photo.type("wild").artist("anne"));
        oneShot("x", photo.type("wild").artist("ann").technical("lense", "f8").technical("lens", "f88"));
        assertThat(warnings)
                .extracting(Problem::what)
                .extracting(what -> what.replace("There is no ", "").replace(", so it was left out", ""))
                .containsExactly(
                        "preset category 'foto'",
                        "type in 'photo' 'wlid'",
                        "universal option 'mod'",
                        "artist in 'wild' 'anne'",
                        "technical option 'lense'",
                        "option of 'lens' 'f88'");
    }

    // Hierarchical ---------------------------------------------------------------------------------------------------

    @Test
    @Tag("P30")
    @Tag("P49")
    void all_levels_are_blocks_with_a_blank_line_between() {
        Hierarchical chosen = Hierarchical.in("photo")
                .type("wild")
                .artist("ann")
                .technical("lens", "f2")
                .specific("time_of_year", "early_spring")
                .specific("birds_seen", List.of("red_kite", "owl"))
                .specific("hair", Map.of("main_color", "dark_red"))
                .universal("camera_effects", List.of("lens_flare", "grain"))
                .universal("time", "late_evening")
                .universal("mood", List.of("calm"))
                .universal("weather", "thin_fog")
                .universal("colors", "cool")
                .universal("lighting", "back_light");

        String message = oneShot("birds", chosen);

        assertThat(message).isEqualTo("""
                birds

                Style: Photo > Wild
                Artist Style: Ann
                Description: patient
                Signature: eye level

                Technical Details:
                - Lens: F/2 (soft)

                Scene Details:
                - Time Of Year: early spring
                - Birds Seen: red_kite, owl
                - Hair - Main Color: dark red

                Mood: calm
                Time: late evening
                Lighting: back light
                Colors: cool
                Weather: thin fog
                Camera Effects: lens_flare, grain""");
        assertThat(chat("birds", chosen)).isEqualTo(message);
    }

    @Test
    @Tag("P49")
    void a_type_and_a_time_are_enough() {
        assertThat(oneShot("birds", Hierarchical.in("photo").type("wild").universal("time", "dawn")))
                .isEqualTo("birds\n\nStyle: Photo > Wild\n\nTime: dawn");
    }

    @Test
    @Tag("P49")
    void without_a_type_there_is_no_style_and_without_a_category_nothing() {
        assertThat(oneShot("birds", Hierarchical.in("photo").universal("time", "dawn")))
                .isEqualTo("birds\n\nTime: dawn");
        assertThat(oneShot("birds", Hierarchical.in("nowhere").type("wild").universal("time", "dawn")))
                .isEqualTo("birds");
        assertThat(oneShot("birds", Hierarchical.parse("{\"universal\": {\"time\": \"dawn\"}}")))
                .isEqualTo("birds");
    }

    @Test
    @Tag("P49")
    void options_are_shown_as_they_are_told_and_unknown_ones_skipped_under_their_heading() {
        Hierarchical ann = Hierarchical.in("photo").type("wild").artist("ann");
        String style = "x\n\nStyle: Photo > Wild\nArtist Style: Ann\nDescription: patient\nSignature: eye level\n\n";

        assertThat(oneShot("x", ann.technical("lens", "wide_angle")))
                .isEqualTo(style + "Technical Details:\n- Lens: wide angle");
        assertThat(oneShot("x", ann.technical("lens", "f8"))).isEqualTo(style + "Technical Details:\n- Lens: F/8");
        assertThat(oneShot("x", ann.technical("lens", "f99").technical("shutter", "fast")))
                .isEqualTo(style + "Technical Details:");
    }

    @Test
    @Tag("P49")
    void an_unknown_type_or_artist_leaves_out_its_line_and_what_hangs_on_it() {
        Hierarchical all = Hierarchical.in("photo")
                .technical("lens", "f2")
                .specific("place", "moor")
                .universal("mood", "calm");

        assertThat(oneShot("x", all.type("nothing").artist("ann"))).isEqualTo("x\n\nMood: calm");
        assertThat(oneShot("x", all.type("wild").artist("nobody"))).isEqualTo("x\n\nStyle: Photo > Wild\n\nMood: calm");
        assertThat(oneShot("x", Hierarchical.in("photo").type("wild").artist("bare")))
                .isEqualTo("x\n\nStyle: Photo > Wild\nArtist Style: Bare");
    }

    @Test
    @Tag("P7")
    @Tag("P49")
    void a_library_of_flat_presets_and_a_writer_without_any_leave_the_text_alone() throws Exception {
        Hierarchical chosen = Hierarchical.in("photo").type("wild");
        assertThat(new MessageLayout(null).oneShot("x", chosen, warnings::add)).isEqualTo("x");
        gaze.close();
        Files.writeString(library.resolve("gaze.json"), "{\"presets\": \"flat\"}");
        gaze = Gaze.builder().library(library).onlyGivenPlugins().open();

        assertThat(oneShot("x", chosen)).isEqualTo("x");
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("switched off"));
    }

    @Test
    @Tag("P49")
    void presets_that_are_gone_by_now_leave_the_text_alone() throws Exception {
        file("broken.json", "{");
        assertThat(oneShot("x", new Flat(Map.of("styles", "Wash")))).contains("soft washes");
        Path presets = library.resolve("presets");
        try (var files = Files.list(presets)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThat(oneShot("x", new Flat(Map.of("styles", "Wash")))).isEqualTo("x");
        assertThat(gaze.presets().problems()).isEmpty();
    }
}
