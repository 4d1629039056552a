package dev.gaze.api.asset;

import dev.gaze.api.json.JsonObject;
import java.util.Objects;

/**
 * What a language model is told when it writes an asset of a category (G130).
 *
 * <p>The schema says more than what the JSON looks like: a text of {@code "format": "tags"} holds tags, separated by
 * commas, which are checked against the tag catalogue; one of {@code "format": "negative-tags"} too, and may name what
 * positive prompts must not. Words that the {@code examples} of such a text list are accepted without being tags: quality
 * words such as {@code masterpiece}. Other texts are taken as they are.
 *
 * <p>What the model cannot know is not in the schema: a file that is written for a LoRA gets its name and weight from GAZE,
 * and the model is asked for trigger words beside the schema.
 *
 * @param instructions the system prompt: what the asset is for, what to answer with, what to look up first; not blank
 * @param schema the JSON Schema (2020-12) of what the model writes, of {@code "type": "object"}; the model is shown it
 *     behind the instructions
 */
public record Guide(String instructions, JsonObject schema) {
    /** The format of a text that holds tags. */
    public static final String TAGS = "tags";

    /** The format of a text that holds tags of a negative prompt. */
    public static final String NEGATIVE_TAGS = "negative-tags";

    /** Checks that there are instructions. */
    public Guide {
        if (instructions.isBlank()) {
            throw new IllegalArgumentException("The instructions of a guide are blank; say what to write");
        }
        Objects.requireNonNull(schema, "schema");
    }
}
