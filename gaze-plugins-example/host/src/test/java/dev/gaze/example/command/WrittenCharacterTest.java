package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.author.Written;
import dev.gaze.api.image.Image;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a sentence to a picture: a scripted model writes a character with tool calls, and the embedded server draws it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WrittenCharacterTest extends ModelTesting {
    private static final String KEEPER = """
            Here she is:
            ```json
            {
              "character_id": "ada_thorn",
              "character_name": "Ada Thorn",
              "identity": {"base_specs": "1girl", "hair": "%s", "eyes": "grey eyes", "extra": "mole"},
              "wardrobe": {"default": {"top": "sweater", "footwear": "boots", "headwear": "hat"}},
              "defaults": {"expression": "light smile", "pose": "standing", "scene": "lighthouse, ocean"},
              "styles": {"primary_color": "navy"},
              "participants": {"orientation": "1F", "solo_focus": "true"},
            }
            ```
            """;

    @Test
    @Tag("G88")
    @Tag("G131")
    @Tag("G132")
    @Tag("G133")
    void a_character_is_written_with_tool_calls_saved_and_drawn() throws IOException {
        model.calls("suggest_tags", "{\"partial\": \"grey h\", \"limit\": 3}")
                .calls("validate_tags", "{\"tags\": [\"gray hair\", \"grey_hair\"]}")
                .says(KEEPER.formatted("longg hair, grey hair"))
                .calls("search_tags", "{\"query\": \"long_h\"}")
                .says(KEEPER.formatted("long hair, grey hair"));
        Map<String, String> variables = model.environment();

        Image image;
        try (Gaze gaze =
                Gaze.builder().library(library).environment(variables::get).open()) {
            Written written = gaze.author("character").write("the keeper of a lighthouse, no longer young");
            assertThat(written).isInstanceOf(Written.Valid.class);
            assertThat(written.rounds()).isEqualTo(2);
            assertThat(gaze.assets("character").find("ada_thorn")).isEmpty();

            ((Written.Valid) written).save();
            image = gaze.generate(request -> request.character("ada_thorn")
                            .with("outfit", "raincoat")
                            .size(64, 64))
                    .await(Duration.ofMinutes(2))
                    .image();
        }

        assertThat(told(1)).contains("grey_hair");
        assertThat(told(2)).contains("\"valid\"");
        assertThat(told(3)).contains("identity.hair: 'longg hair' is no tag; did you mean 'long_hair'");
        assertThat(told(4)).contains("\"long_hair\"");
        JsonObject saved = Json.object(Files.readString(library.resolve("data/characters/ada_thorn.json")));
        assertThat(saved.text("identity", "hair")).contains("long hair, grey hair");
        assertThat(saved.text("identity", "feet")).as("every field is there").contains("");
        assertThat(image.file()).exists();
        assertThat(Files.readString(image.file(), StandardCharsets.ISO_8859_1))
                .contains("long hair, grey hair", "yellow raincoat", "lighthouse, ocean");
    }

    /** What the model was told last in one request. */
    private String told(int request) {
        JsonArray messages = (JsonArray)
                Json.object(model.asked().get(request)).get("messages").orElseThrow();
        List<?> all = messages.items();
        return ((JsonObject) all.get(all.size() - 1)).text("content").orElseThrow();
    }
}
