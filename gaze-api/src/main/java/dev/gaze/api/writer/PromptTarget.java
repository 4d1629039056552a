package dev.gaze.api.writer;

import dev.gaze.api.plugin.Extension;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A kind of image model that prompts are written for, with the instructions for the language model (P63, P66). Registered
 * with {@link PromptWriterBuilder#target} for one writer, or as an extension of a plugin for all of a library.
 *
 * @param id names it, such as {@code sdxl}: lower case letters, digits, {@code _} and {@code -}
 * @param name for people
 * @param oneShot the instructions for a prompt written in one go
 * @param chat the instructions for a conversation
 */
public record PromptTarget(String id, String name, String oneShot, String chat) implements Extension {
    /** The id of the target used when a request names none, or one that nobody knows. */
    public static final String FLUX = "flux";
    /** The id of the target for SDXL and models made from it. */
    public static final String SDXL = "sdxl";

    private static final Pattern ID = Pattern.compile("[a-z0-9_-]+");

    /** Checks the id, and that there are instructions. */
    public PromptTarget {
        Objects.requireNonNull(name, "name");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "'%s' names no target; use lower case letters, digits, '_' and '-'".formatted(id));
        }
        if (name.isBlank() || oneShot.isBlank() || chat.isBlank()) {
            throw new IllegalArgumentException(
                    "Target '%s' needs a name and instructions, for one go and for conversations".formatted(id));
        }
    }

    /** The id and the name; the instructions are long. */
    @Override
    public String toString() {
        return id + " (" + name + ")";
    }
}
