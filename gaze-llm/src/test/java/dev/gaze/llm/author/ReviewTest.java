package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.llm.schema.SchemaCheck;
import dev.gaze.llm.tag.TagLists;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The deny list, with a fruit on it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReviewTest {
    private static final JsonObject SCHEMA = Json.object("""
            {"properties": {"name": {"type": "string"}, "words": {"format": "tags"}, "avoid": {"format": "negative-tags"}}}
            """);
    private static final TagCatalogue TAGS = TagLists.of(
            "plum,0,5,prune\nripe_plum,0,4,\napple,0,3,".getBytes(StandardCharsets.UTF_8),
            TagCategories.DANBOORU,
            name -> Tag.spelled(name).contains("plum"));

    @Test
    void what_the_deny_list_holds_is_wrong_in_every_text_but_negatives() {
        Review review = review("{'name': 'a plum', 'words': 'apple, (ripe plum:1.2)', 'avoid': 'plum, apple'}");

        assertThat(review.wrong()).extracting(Problem::where).containsExactly("name", "words");
        assertThat(review.unknown()).isEmpty();
        assertThat(review.passed()).isFalse();
    }

    @Test
    void another_name_of_what_is_denied_is_denied() {
        Review review = review("{'words': 'apple, (prune:1.2)', 'avoid': 'prune'}");

        assertThat(review.wrong()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo("words");
            assertThat(problem.what()).contains("'prune'");
        });
    }

    @Test
    void negatives_are_tags_as_well() {
        assertThat(review("{'avoid': 'aple'}").unknown())
                .singleElement()
                .satisfies(problem -> assertThat(problem.fix()).isEqualTo("did you mean 'apple'?"));
        assertThat(review("{'words': 'apple, Apple,\\napple', 'name': 'aple', 'else': [1, null]}")
                        .passed())
                .isTrue();
    }

    private static Review review(String answer) {
        return Review.of(Json.object(answer.replace('\'', '"')), SCHEMA, new SchemaCheck(), TAGS);
    }
}
