package dev.gaze.api.chat;

import dev.gaze.api.json.JsonObject;
import java.util.Objects;

/**
 * What form the answer should have. A server that cannot hold its model to a form is asked in words instead, and the
 * reply carries a warning; so read the answer leniently in any case.
 */
public sealed interface AnswerFormat {
    /** Free text. */
    AnswerFormat TEXT = new Text();
    /** Some JSON object. */
    AnswerFormat JSON = new Json();

    /**
     * A JSON object that fits a schema.
     *
     * @param name what to call it: letters, digits, {@code _} and {@code -}, at most 64
     * @param schema a JSON Schema of {@code "type": "object"}
     * @return the format
     */
    static AnswerFormat schema(String name, JsonObject schema) {
        return new Schema(name, schema);
    }

    /** Free text. */
    record Text() implements AnswerFormat {}

    /** Some JSON object. */
    record Json() implements AnswerFormat {}

    /**
     * A JSON object that fits a schema.
     *
     * @param name what to call it
     * @param schema the JSON Schema
     */
    record Schema(String name, JsonObject schema) implements AnswerFormat {
        /** Checks the name. */
        public Schema {
            Objects.requireNonNull(schema, "schema");
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException(
                        "The name of an answer's schema is '%s'; expected letters, digits, _ and -, at most 64"
                                .formatted(name));
            }
        }
    }
}
