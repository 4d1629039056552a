package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.asset.Section;
import dev.gaze.api.json.JsonObject;
import dev.gaze.llm.schema.SchemaCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from sections when a category brings no guide. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DerivedGuideTest {

    @Test
    @Tag("G130")
    void fields_say_what_their_texts_hold() {
        JsonObject schema = DerivedGuide.of(Category.named("hat")
                        .topLevel(
                                Field.key("maker").in("name").asName(),
                                Field.key("avoid").in(Block.NEGATIVE),
                                Field.key("tags").in("rest"))
                        .section(Section.named("parts")
                                .fields(Field.key("brim"), Field.key("price").notWritten()))
                        .section(Section.named("worn").asWardrobe().fields(Field.key("band"))))
                .schema();

        JsonObject properties = schema.object("properties");
        assertThat(properties.members().keySet())
                .containsExactly("hat_id", "hat_name", "maker", "avoid", "tags", "parts", "worn");
        assertThat(properties.text("maker", "format")).isEmpty();
        assertThat(properties.text("avoid", "format")).contains(Guide.NEGATIVE_TAGS);
        assertThat(properties.text("tags", "type")).contains("array");
        assertThat(properties.text("tags", "items", "format")).contains(Guide.TAGS);
        assertThat(properties.text("parts", "properties", "brim", "format")).contains(Guide.TAGS);
        assertThat(properties.text("parts", "properties", "price", "format")).isEmpty();
        assertThat(properties.text("worn", "properties", "default", "properties", "band", "format"))
                .contains(Guide.TAGS);
        assertThat(properties.text("worn", "additionalProperties", "properties", "band", "format"))
                .contains(Guide.TAGS);
        assertThat(schema.get("required").orElseThrow()).hasToString("[\"hat_id\", \"hat_name\", \"parts\", \"worn\"]");
    }

    @Test
    @Tag("G130")
    void the_form_that_the_model_is_shown_fits_the_schema(@TempDir Path library) {
        try (Gaze gaze =
                Gaze.builder().library(library).environment(name -> null).open()) {
            for (Category category : gaze.categories()) {
                Guide guide = DerivedGuide.of(category);

                JsonObject form = AnswerObject.in(guide.instructions()).orElseThrow();
                assertThat(new SchemaCheck().misfits(guide.schema(), form))
                        .as(category.id())
                        .isEmpty();
                assertThat(form.members()).doesNotContainKeys("lora", "checkpoint_path");
            }
        }
    }
}
