package dev.gaze.llm.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.llm.schema.SchemaCheck.Misfit;
import dev.gaze.llm.stub.StubServer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects held against schemas that strangers wrote. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaCheckTest {
    private static final JsonObject OBJECT = Json.object("{\"a\":\"x\",\"b\":\"two\"}");

    private final SchemaCheck check = new SchemaCheck();

    @Test
    @Tag("G50")
    void what_does_not_fit_is_told_with_its_place() {
        JsonObject schema = Json.object("{\"required\":[\"c\"],\"properties\":{\"b\":{\"type\":\"integer\"}}}");

        assertThat(check.misfits(schema, Json.object("{\"c\":1,\"b\":2}"))).isEmpty();
        assertThat(check.misfits(schema, OBJECT))
                .hasSize(2)
                .anyMatch(misfit -> misfit.place().isEmpty() && misfit.what().contains("'c'"))
                .extracting(Misfit::place)
                .contains("/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":[]}",
                "{\"$ref\":\"#/nowhere\"}",
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"classpath:META-INF/MANIFEST.MF\"}",
                "{\"$ref\":\"file:///etc/hostname\"}",
                "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}",
                "{\"$schema\":\"https://nobody.example/schema\",\"type\":\"object\"}"
            })
    void a_schema_that_cannot_be_used_keeps_nobody_from_anything(String schema) {
        assertThat(check.misfits(Json.object(schema), OBJECT)).isEmpty();
        assertThat(check.misfits(Json.object(schema), OBJECT)).isEmpty();
    }

    @Test
    @Tag("G50")
    void an_object_that_cannot_be_checked_does_not_fit_and_harms_no_other() {
        JsonObject schema = Json.object("{\"properties\":{\"a\":{\"pattern\":\"^(a|b)*$\"}}}");

        assertThat(check.misfits(schema, JsonObject.of("a", "ab".repeat(100_000))))
                .extracting(Misfit::what)
                .singleElement()
                .asString()
                .contains("cannot be checked");
        assertThat(check.misfits(schema, JsonObject.of("a", "c")))
                .extracting(Misfit::place)
                .containsExactly("/a");
        assertThat(check.misfits(schema, JsonObject.of("a", "ab"))).isEmpty();
    }

    @Test
    void whoever_would_rather_know_is_told() {
        JsonObject broken = Json.object("{\"properties\":{\"a\":{\"pattern\":\"(\"}}}");

        assertThatThrownBy(() -> check.require("the guide", broken))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("The JSON Schema of the guide cannot be used");
        check.require("the guide", Json.object("{\"properties\":{\"a\":{\"pattern\":\"x\"}}}"));
    }

    @Test
    void a_schema_makes_nobody_fetch_anything() {
        try (StubServer elsewhere = new StubServer()) {
            JsonObject schema =
                    Json.object("{\"properties\":{\"a\":{\"$ref\":\"" + elsewhere.url("/schema.json") + "\"}}}");

            assertThat(check.misfits(schema, OBJECT)).isEmpty();
            assertThat(elsewhere.asked()).isEmpty();
        }
    }
}
