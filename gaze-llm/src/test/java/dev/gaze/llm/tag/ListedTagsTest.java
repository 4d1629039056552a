package dev.gaze.llm.tag;

import static dev.gaze.llm.tag.TagLists.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a catalogue answers, by the rules of the three tag tools. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@org.junit.jupiter.api.Tag("G132")
class ListedTagsTest {
    private final TagCatalogue tags = TagLists.of(
            "1girl,0,6000000,\"1girls,sole_female\"",
            "long_hair,0,4350000,\"/lh,longhair\"",
            "smile,0,2870000,\":),smiling\"",
            "hair_ornament,0,1400000,hair_accessory",
            "hat,0,1200000,",
            "very_long_hair,0,900000,",
            "long_dress,0,26000,longhair",
            "hairband,0,400000,headband",
            "saber_(fate),4,12000,",
            "chairs,0,800,chair",
            "headband,0,700,",
            "longinus,4,500,",
            "\\(^o^)/,0,120,owata",
            "artist_hat,1,90,hatter");

    @Test
    void search_finds_names_by_their_beginning_and_then_aliases_the_highest_count_first() {
        assertThat(names(tags.search("long"))).containsExactly("long_hair", "long_dress", "longinus");
        assertThat(tags.search("hair_a")).containsExactly(new TagHit(tag("hair_ornament"), "hair_accessory"));
        assertThat(tags.search("sole")).containsExactly(new TagHit(tag("1girl"), "sole_female"));
        assertThat(names(tags.search("hat"))).containsExactly("hat", "artist_hat");
        assertThat(tags.search("xyzzy")).isEmpty();
    }

    @Test
    void a_blank_search_finds_the_tags_used_most() {
        assertThat(names(tags.search(TagQuery.of("  ").limit(2)))).containsExactly("1girl", "long_hair");
    }

    @Test
    void a_search_is_read_as_people_type() {
        assertThat(names(tags.search(" Long H"))).containsExactly("long_hair");
        assertThat(names(tags.search("saber \\(f"))).containsExactly("saber_(fate)");
    }

    @Test
    void a_search_keeps_within_its_category_by_number_or_name() {
        assertThat(names(tags.search(TagQuery.of("l").in("character")))).containsExactly("longinus");
        assertThat(names(tags.search(TagQuery.of("l").in("4")))).containsExactly("longinus");
        assertThat(names(tags.search(TagQuery.of("").in("Artist")))).containsExactly("artist_hat");
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> tags.search(TagQuery.of("l").in("charakter")))
                .withMessageContaining("did you mean 'character'?");
    }

    @Test
    void a_tag_is_found_once_however_many_of_its_names_begin_so() {
        assertThat(names(tags.search("1girl"))).containsExactly("1girl");
        assertThat(tags.search(TagQuery.of("s").limit(3)))
                .extracting(TagHit::alias)
                .containsExactly(null, null, "sole_female");
    }

    @Test
    void shortcuts_are_found_when_asked_for_and_never_suggested() {
        assertThat(names(tags.search("/l"))).containsExactly("long_hair");
        assertThat(tags.suggest("/l")).isEmpty();
    }

    @Test
    void suggest_completes_beginnings_then_words_then_parts_then_slips() {
        assertThat(names(tags.suggest("hair")))
                .containsExactly("hair_ornament", "hairband", "long_hair", "very_long_hair", "chairs");
        assertThat(names(tags.suggest("fat"))).containsExactly("saber_(fate)", "hat");
        assertThat(names(tags.suggest("g_ha"))).containsExactly("long_hair", "very_long_hair");
        assertThat(names(tags.suggest("lomg_hair"))).containsExactly("long_hair");
        assertThat(names(tags.suggest("ir")))
                .containsExactly("1girl", "long_hair", "hair_ornament", "very_long_hair", "hairband", "chairs");
        assertThat(tags.suggest("q_q")).isEmpty();
    }

    @Test
    void suggest_gives_no_more_than_asked_for() {
        assertThat(names(tags.suggest(TagQuery.of("hair").limit(3))))
                .containsExactly("hair_ornament", "hairband", "long_hair");
        assertThat(names(tags.suggest(TagQuery.of("hat").limit(10).in("artist"))))
                .containsExactly("artist_hat");
    }

    @Test
    void validate_sorts_tags_into_valid_aliases_and_invalid_in_the_order_given() {
        TagCheck check = tags.validate(
                List.of("smile", "Long Hair", "sole female", "no_such_thing", "hairbnd", " ", "/lh", "smile"));

        assertThat(check.valid()).containsExactly("smile", "long_hair");
        assertThat(check.aliases()).containsExactly(entry("sole_female", "1girl"), entry("/lh", "long_hair"));
        assertThat(check.invalid())
                .containsExactly(
                        new TagCheck.Unknown("no_such_thing", List.of()),
                        new TagCheck.Unknown("hairbnd", List.of("hairband")));
        assertThat(check.passed()).isFalse();
    }

    @Test
    void weights_and_groups_are_taken_off_unless_they_belong_to_the_name() {
        assertThat(tags.validate(List.of(
                                "(long hair:1.2)",
                                "((smile))",
                                "saber_\\(fate\\)",
                                "(saber \\(fate\\):1.1)",
                                "hat:0.8"))
                        .valid())
                .containsExactly("long_hair", "smile", "saber_(fate)", "hat");
        assertThat(tags.validate(List.of(":)", "\\(^o^)/")).json().toString())
                .isEqualTo(
                        "{\"valid\": [\"\\\\(^o^)/\"], \"aliases\": {\":)\": \"smile\"}, \"invalid\": [], \"blocked\": []}");
    }

    @Test
    void a_name_wins_over_an_alias_and_the_higher_count_over_the_lower() {
        assertThat(tags.find("headband")).get().extracting(Tag::name).isEqualTo("headband");
        assertThat(tags.find("longhair")).get().extracting(Tag::name).isEqualTo("long_hair");
        assertThat(tag("hairband").aliases()).isEmpty();
        assertThat(tag("long_dress").aliases()).isEmpty();
        assertThat(tag("long_hair").aliases()).containsExactly("/lh", "longhair");
    }

    @Test
    void of_two_rows_of_one_name_the_higher_count_stays() {
        TagCatalogue twice = TagLists.of("rain,0,5,drizzle", "rain,3,900,raining", "rain,0,7,", "moon,0,1,");

        assertThat(twice.size()).isEqualTo(2);
        assertThat(twice.find("rain")).contains(new Tag("rain", 3, "copyright", 900, List.of("raining")));
        assertThat(twice.find("drizzle")).isEmpty();
    }

    @Test
    void what_is_blocked_is_told_by_nobody() {
        TagCatalogue guarded = TagLists.of(
                "plum,0,900,\"prune,damson\"\nplum_tree,0,800,\nplumage,0,700,\npear,0,600,plum_like"
                        .getBytes(StandardCharsets.UTF_8),
                TagCategories.DANBOORU,
                name -> List.of(name.split("[^a-z]+")).contains("plum"));

        assertThat(names(guarded.search("pl"))).containsExactly("plumage");
        assertThat(names(guarded.suggest("pluml"))).containsExactly();
        assertThat(guarded.find("plum")).isEmpty();
        assertThat(guarded.find("prune")).isEmpty();
        assertThat(guarded.isBlocked("plum tree")).isTrue();
        TagCheck check = guarded.validate(List.of("plumage", "plum tree", "prune", "(ripe plum:1.2)", "plom"));
        assertThat(check.valid()).containsExactly("plumage");
        assertThat(check.blocked()).containsExactly("plum_tree", "prune", "ripe_plum");
        assertThat(check.invalid()).containsExactly(new TagCheck.Unknown("plom", List.of()));
    }

    @Test
    void answers_have_the_shape_of_the_tools() {
        assertThat(tags.search("hair_a").get(0).json().toString())
                .isEqualTo(
                        "{\"name\": \"hair_ornament\", \"category\": 0, \"category_name\": \"general\", \"count\": 1400000, \"alias\": \"hair_accessory\"}");
        assertThat(tags.validate(List.of("sole_female", "lomg_hair")).json().toString())
                .isEqualTo(
                        "{\"valid\": [], \"aliases\": {\"sole_female\": \"1girl\"}, \"invalid\": [{\"tag\": \"lomg_hair\", \"suggestions\": [\"long_hair\"]}], \"blocked\": []}");
    }

    private Tag tag(String name) {
        return tags.find(name).orElseThrow();
    }
}
