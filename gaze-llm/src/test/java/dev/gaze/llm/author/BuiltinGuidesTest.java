package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.asset.Section;
import dev.gaze.api.json.JsonObject;
import dev.gaze.llm.schema.SchemaCheck;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides of GAZE's own categories, with the list of tags that ships. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BuiltinGuidesTest {
    @TempDir
    Path library;

    private Gaze gaze;

    @BeforeEach
    void open() {
        gaze = Gaze.builder().library(library).environment(name -> null).open();
    }

    @AfterEach
    void close() {
        gaze.close();
    }

    @ParameterizedTest
    @Tag("G130")
    @Tag("G133")
    @ValueSource(strings = {"character", "look", "outfit", "action", "scene", "style", "detailer", "checkpoint"})
    void each_states_the_json_to_answer_with_and_to_use_the_tag_tools_first(String name) {
        Guide guide = guide(name);

        JsonObject example = AnswerObject.in(guide.instructions()).orElseThrow();
        Review review = Review.of(example, guide.schema(), new SchemaCheck(), gaze.tags());
        assertThat(review.all()).isEmpty();
        assertThat(review.notes()).isEmpty();
        assertThat(guide.instructions())
                .contains("search_tags", "suggest_tags", "validate_tags")
                .containsIgnoringCase("before you settle on tags");
        assertThat(guide.instructions().contains("For base_positive and base_negative, and for nothing else"))
                .isEqualTo(name.equals("checkpoint"));
        assertThat(example.members().keySet())
                .as("the example shows everything that must be there")
                .containsAll(guide.schema().object("properties").members().keySet().stream()
                        .filter(key -> !name.equals("checkpoint") || key.startsWith("base"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"character", "look", "outfit", "action", "scene", "style", "detailer"})
    void each_schema_has_every_field_of_its_category(String name) {
        Category category = gaze.assets(name).category();
        JsonObject schema = guide(name).schema();

        assertThat(schema.object("properties").members()).containsKeys(category.idKey(), category.nameKey());
        for (Section section : category.sections()) {
            JsonObject at = section.name().equals(FieldAddress.SPECIAL)
                    ? schema
                    : section.wardrobe()
                            ? schema.object("$defs", "outfit")
                            : schema.object("properties", section.name());
            section.fields()
                    .forEach(field -> assertThat(at.object("properties").members())
                            .as(section.name())
                            .containsKey(field.key()));
        }
    }

    private Guide guide(String category) {
        Optional<Guide> guide = gaze.assets(category).category().guide();
        return guide.orElseThrow();
    }
}
