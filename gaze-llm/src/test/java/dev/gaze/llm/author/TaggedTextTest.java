package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TaggedTextTest {

    @Test
    void every_text_is_visited_with_what_its_schema_says() {
        JsonObject schema = Json.object("""
                {"$defs": {"words": {"type": "string", "format": "tags"}, "loop": {"$ref": "#/$defs/loop"}},
                 "properties": {
                   "name": {"type": "string"},
                   "identity": {"properties": {"hair": {"$ref": "#/$defs/words"}, "eyes": {"$ref": "#/$defs/loop"}}},
                   "tags": {"items": {"format": "tags", "examples": ["Best Quality", "newest, recent"]}},
                   "wardrobe": {"properties": {"plain": {"format": "other"}},
                                "additionalProperties": {"additionalProperties": {"format": "tags"}}},
                   "negative": {"anyOf": [{"type": "null"}, {"format": "negative-tags"}]}}}
                """);
        JsonObject answer = Json.object("""
                {"name": "a", "identity": {"hair": "b", "eyes": "c"}, "tags": ["d", "e", 3, null],
                 "wardrobe": {"plain": "f", "stage": {"top": "g"}}, "negative": "h", "unheard": {"of": ["i"]}}
                """);
        List<String> visited = new ArrayList<>();

        JsonObject shouted = TaggedText.map(schema, answer, (place, words, text) -> {
            assertThat(words.examples())
                    .isEqualTo(place.startsWith("tags") ? Set.of("best_quality", "newest,_recent") : Set.of());
            visited.add(place + " " + words.format() + " " + text);
            return text.toUpperCase(Locale.ROOT);
        });

        assertThat(visited)
                .containsExactly(
                        "name  a",
                        "identity.hair tags b",
                        "identity.eyes  c",
                        "tags[0] tags d",
                        "tags[1] tags e",
                        "wardrobe.plain  f",
                        "wardrobe.stage.top tags g",
                        "negative negative-tags h",
                        "unheard.of[0]  i");
        assertThat(shouted.object("identity")).isEqualTo(Json.object("{\"hair\": \"B\", \"eyes\": \"C\"}"));
        assertThat(shouted.get("tags")).contains(JsonValue.of(Arrays.asList("D", "E", 3, null)));
        assertThat(shouted.text("wardrobe", "stage", "top")).contains("G");
    }
}
