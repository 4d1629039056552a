package dev.gaze.core.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.preset.Popularity;
import dev.gaze.api.preset.PresetArtist;
import dev.gaze.api.preset.PresetCategory;
import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.preset.PresetOption;
import dev.gaze.api.preset.PresetPack;
import dev.gaze.api.preset.PresetQuestion;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.PresetType;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a category over a type to an artist, with all that hangs on it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HierarchyTest extends PresetTesting {
    private static void assertRefused(ThrowingCallable call, GazeException.Kind kind, String what) {
        assertThatExceptionOfType(GazeException.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.problems().get(0).what()).isEqualTo(what);
        });
    }

    @Test
    @Tag("P8")
    @Tag("P9")
    @Tag("P10")
    @Tag("P26")
    @Tag("P27")
    @Tag("P28")
    void six_categories_ship_with_their_types_and_artists() {
        Presets presets = presets();

        assertThat(presets.categories())
                .extracting(PresetCategory::name)
                .containsExactlyInAnyOrder(
                        "Photography", "Comic Book Art", "Anime/Manga", "Fantasy Art", "Horror", "Sci-Fi Art");
        assertThat(presets.types("photography"))
                .extracting(PresetType::name)
                .containsExactlyInAnyOrder("Portrait", "Landscape", "Street", "Fashion", "Wildlife", "Macro");
        assertThat(presets.types("comic_book"))
                .extracting(PresetType::name)
                .containsExactlyInAnyOrder("Marvel Style", "DC Style", "Manga", "Indie Comics");
        assertThat(presets.types("anime"))
                .extracting(PresetType::name)
                .containsExactlyInAnyOrder("Shonen", "Shojo", "Studio Ghibli", "Seinen");
        assertThat(presets.types("fantasy"))
                .extracting(PresetType::name)
                .containsExactlyInAnyOrder("High Fantasy", "Dark Fantasy", "Fairy Tale");
        assertThat(presets.types("horror"))
                .extracting(PresetType::name)
                .containsExactlyInAnyOrder("Gothic", "Body Horror", "Cosmic Horror", "Folk Horror");
        assertThat(presets.types("sci_fi"))
                .extracting(PresetType::name)
                .containsExactlyInAnyOrder("Cyberpunk", "Space Opera", "Hard Sci-Fi", "Retro-Futurism");
        assertThat(presets.artists("photography", "portrait"))
                .extracting(PresetArtist::name)
                .contains("Annie Leibovitz", "Irving Penn", "Richard Avedon");
        assertThat(presets.artists("comic_book", "marvel_style"))
                .extracting(PresetArtist::name)
                .contains("Jim Lee", "Jack Kirby", "John Romita Sr.");
        assertThat(presets.problems()).isEmpty();
    }

    @Test
    @Tag("P10")
    @Tag("P29")
    @Tag("P30")
    void every_artist_that_ships_says_truly_what_hangs_on_it() {
        Presets presets = presets();
        List<String> artists = new ArrayList<>();
        for (PresetCategory category : presets.categories()) {
            for (PresetType type : presets.types(category.id())) {
                assertThat(presets.artists(category.id(), type.id())).hasSizeGreaterThanOrEqualTo(3);
                for (PresetArtist artist : presets.artists(category.id(), type.id())) {
                    artists.add(artist.name());
                    assertThat(artist.description()).isNotBlank();
                    assertThat(artist.signature()).isNotBlank();
                    assertThat(presets.technical(category.id(), type.id(), artist.id())
                                    .isEmpty())
                            .isEqualTo(!artist.hasTechnical());
                    assertThat(presets.specifics(category.id(), type.id(), artist.id())
                                    .isEmpty())
                            .isEqualTo(!artist.hasSpecifics());
                }
            }
        }
        assertThat(artists).hasSizeGreaterThan(70);
    }

    @Test
    @Tag("P11")
    @Tag("P31")
    void every_pack_chooses_only_what_is_there() {
        Presets presets = presets();

        assertThat(presets.packs())
                .extracting(PresetPack::name)
                .containsExactly(
                        "90s X-Men Comic",
                        "Studio Ghibli Magic",
                        "Blade Runner Street Scene",
                        "Epic Fantasy Battle",
                        "Leibovitz Portrait Session");
        for (PresetPack pack : presets.packs()) {
            PresetSelection.Hierarchical chosen = pack.selections();
            List<PresetQuestion> technical = presets.technical(chosen.category(), chosen.type(), chosen.artist());
            chosen.technical()
                    .forEach(
                            (key, option) -> assertThat(question(technical, key).options())
                                    .extracting(PresetOption::id)
                                    .contains(option));
            assertThat(presets.specifics(chosen.category(), chosen.type(), chosen.artist()))
                    .extracting(PresetQuestion::key)
                    .containsAll(chosen.specifics().members().keySet());
            assertThat(presets.universal())
                    .extracting(PresetQuestion::key)
                    .containsAll(chosen.universal().members().keySet());
        }
    }

    private static PresetQuestion question(List<PresetQuestion> questions, String key) {
        return questions.stream()
                .filter(question -> question.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("P12")
    @Tag("P32")
    void universal_options_ship_with_several_moods_and_camera_effects_at_once() {
        List<PresetQuestion> universal = presets().universal();

        assertThat(universal)
                .extracting(PresetQuestion::key)
                .containsExactly("mood", "time", "lighting", "colors", "weather", "camera_effects");
        assertThat(universal)
                .filteredOn(PresetQuestion::multiple)
                .extracting(PresetQuestion::key)
                .containsExactly("mood", "camera_effects");
        assertThat(presets().qualityTags("sdxl")).contains("masterpiece");
        assertThat(presets().qualityTags("flux")).isEmpty();
    }

    @Test
    @Tag("P7")
    void a_setting_switches_the_hierarchy_off() {
        Presets flat = presets(new PresetSettings(PresetMode.FLAT, true, 8_000_000));

        assertThat(flat.mode()).isEqualTo(PresetMode.FLAT);
        assertThat(flat.flat().text("styles", "Cinematic")).isPresent();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                flat::categories,
                () -> flat.types("photography"),
                () -> flat.artists("photography", "portrait"),
                () -> flat.technical("photography", "portrait", "irving_penn"),
                () -> flat.specifics("photography", "portrait", "irving_penn"),
                flat::packs,
                flat::universal)) {
            assertRefused(call, GazeException.Kind.INVALID, "Hierarchical presets are switched off");
        }
    }

    @Test
    @Tag("P27")
    @Tag("P28")
    void an_unknown_id_is_not_found_with_the_nearest_ones() {
        Presets presets = presets();

        assertRefused(() -> presets.types("fotography"), GazeException.Kind.NOT_FOUND, "Category not found");
        assertRefused(() -> presets.artists("photography", "x"), GazeException.Kind.NOT_FOUND, "Type not found");
        assertRefused(
                () -> presets.technical("photography", "portrait", "nobody"),
                GazeException.Kind.NOT_FOUND,
                "Artist not found");
        assertRefused(() -> presets.specifics("no", "no", "no"), GazeException.Kind.NOT_FOUND, "Category not found");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> presets.types("fotography"))
                .withMessageContaining("did you mean 'photography'");
    }

    @Test
    @Tag("P26")
    void what_is_popular_comes_first_and_the_rest_keeps_its_order() {
        file("mine.json", """
                {"categories": {
                  "rare": {"name": "Rare", "popularity": "low"},
                  "silent": {"name": "Silent"},
                  "first": {"name": "First", "popularity": "high"},
                  "middle": {"popularity": "medium"},
                  "second": {"name": "Second", "popularity": "HIGH"}}}
                """);

        List<PresetCategory> categories = own().categories();

        assertThat(categories)
                .extracting(PresetCategory::id)
                .containsExactly("first", "second", "rare", "silent", "middle");
        assertThat(categories.get(3).popularity()).isEqualTo(Popularity.MEDIUM);
        assertThat(categories.get(4).name()).isEqualTo("Middle");
    }

    @Test
    @Tag("P13")
    @Tag("P50")
    void a_users_file_adds_to_our_hierarchy_and_wins_where_both_speak() {
        Presets presets = presets();
        int types = presets.types("photography").size();
        file("mine.json", """
                {"categories": {
                   "photography": {"name": "My Photography", "level2_types": {
                     "drone": {"name": "Drone", "level3_artists": {"me": {"name": "Me"}}}}},
                   "pottery": {"name": "Pottery"}},
                 "preset_packs": {"packs": [{"name": "Mine", "icon": "*", "selections": {"category": "pottery"}}]},
                 "universal_options": {"mood": {"options": ["only mine"]}}}
                """);

        assertThat(presets.categories()).extracting(PresetCategory::name).contains("My Photography", "Pottery");
        assertThat(presets.types("photography")).hasSize(types + 1);
        assertThat(presets.artists("photography", "drone")).singleElement().satisfies(artist -> {
            assertThat(artist.name()).isEqualTo("Me");
            assertThat(artist.hasTechnical() || artist.hasSpecifics()).isFalse();
        });
        assertThat(presets.packs()).hasSize(6).last().satisfies(pack -> {
            assertThat(pack.id()).isEqualTo("Mine");
            assertThat(pack.selections()).isEqualTo(PresetSelection.Hierarchical.in("pottery"));
        });
        assertThat(presets.universal().get(0).options())
                .extracting(PresetOption::name)
                .containsExactly("only mine");
        assertThat(presets.flat().categories()).doesNotContainKeys("categories", "preset_packs");
    }

    @Test
    @Tag("P29")
    @Tag("P30")
    void options_are_texts_or_objects_and_specifics_may_nest() {
        file("mine.json", """
                {"categories": {"c": {"level2_types": {"t": {"level3_artists": {"a": {
                  "level4_technical": {
                    "lens_type": {"name": "Lens", "options": [
                      "wide_angle", {"id": "f2", "name": "F/2", "description": "soft", "recommended": true}]},
                    "film": ["grain", "clean"]},
                  "level5_specifics": {
                    "hair": {"color": {"options": ["red"]}, "length": ["long"]}}}}}}}}}
                """);

        Presets presets = own();

        assertThat(presets.technical("c", "t", "a"))
                .containsExactly(
                        new PresetQuestion(
                                "lens_type",
                                "Lens",
                                false,
                                List.of(
                                        new PresetOption("wide_angle", "wide_angle", "", false),
                                        new PresetOption("f2", "F/2", "soft", true)),
                                List.of()),
                        new PresetQuestion(
                                "film",
                                "Film",
                                false,
                                List.of(
                                        new PresetOption("grain", "grain", "", false),
                                        new PresetOption("clean", "clean", "", false)),
                                List.of()));
        assertThat(presets.technical("c", "t", "a").get(0).options())
                .extracting(PresetOption::isText)
                .containsExactly(true, false);
        assertThat(presets.specifics("c", "t", "a")).singleElement().satisfies(hair -> {
            assertThat(hair.options()).isEmpty();
            assertThat(hair.parts()).extracting(PresetQuestion::name).containsExactly("Color", "Length");
        });
        assertThat(presets.problems()).isEmpty();
    }

    @Test
    void a_broken_hierarchy_is_empty_and_what_is_odd_in_a_sound_one_is_left_out() {
        file("broken.json", "{\"categories\": {");
        Presets presets = own();
        assertThat(presets.categories()).isEmpty();
        assertThat(presets.packs()).isEmpty();
        assertThat(presets.universal()).isEmpty();
        assertThat(presets.problems()).hasSize(1);

        file("broken.json", """
                {"categories": {"odd": 7, "good": {"level2_types": [], "level3": 1}},
                 "preset_packs": {"packs": [{"icon": "x"}, 3]},
                 "universal_options": {"mood": {"options": "many"}, "time": {"options": [7, {"name": "no id"}]}},
                 "quality_tags": {"sdxl": 5}}
                """);
        assertThat(presets.categories()).extracting(PresetCategory::id).containsExactly("good");
        assertThat(presets.types("good")).isEmpty();
        assertThat(presets.packs()).isEmpty();
        assertThat(presets.problems())
                .hasSize(8)
                .allSatisfy(problem -> assertThat(problem.where()).startsWith("presets/broken.json:"));
    }

    @Test
    @Timeout(30)
    void hierarchies_of_a_hundred_thousand_categories_are_put_together_quickly() {
        for (String name : List.of("a", "b")) {
            file(
                    name + ".json",
                    IntStream.range(0, 100_000)
                            .mapToObj(i -> "\"c%d\": {\"name\": \"%s %d\"}".formatted(i, name, i))
                            .collect(Collectors.joining(",", "{\"categories\": {", "}}")));
        }

        assertThat(own().categories())
                .hasSize(100_000)
                .last()
                .satisfies(last -> assertThat(last.name()).isEqualTo("b 99999"));
    }

    @Test
    void a_selection_is_read_as_it_was_written() {
        PresetSelection flat = new PresetSelection.Flat(Map.of("styles", "Anime")).with("lighting", "Neon");
        PresetSelection deep = PresetSelection.Hierarchical.in("photography")
                .type("portrait")
                .artist("irving_penn")
                .technical("lens", "85mm")
                .specific("hair", Map.of("color", "red"))
                .universal("mood", List.of("epic", "calm"));

        assertThat(PresetSelection.of(flat.toJson())).isEqualTo(flat);
        assertThat(PresetSelection.of(deep.toJson())).isEqualTo(deep);
        assertThat(deep.toJson().members()).containsOnlyKeys("hierarchical");
        assertThat(PresetSelection.NONE.toJson()).isEqualTo(JsonObject.empty());
        assertThat(flat.flat("styles")).contains("Anime");
        assertThat(new PresetSelection.Flat(Map.of("styles", "None")).flat("styles"))
                .isEmpty();
        assertThat(deep.flat("styles")).isEmpty();
    }
}
