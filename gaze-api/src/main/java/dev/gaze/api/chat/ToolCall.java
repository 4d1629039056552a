package dev.gaze.api.chat;

import java.util.Objects;

/**
 * A model asks for a tool.
 *
 * @param id how the server tells calls apart; never blank, GAZE makes one up for a server that gives none
 * @param tool the name of the tool; may be one that does not exist
 * @param arguments the arguments as the model wrote them: meant to be a JSON object, but nobody has checked it
 */
public record ToolCall(String id, String tool, String arguments) {

    /** Checks that the call has an id. */
    public ToolCall {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(arguments, "arguments");
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("The call of tool '" + tool + "' has a blank id");
        }
    }

    /** Tool and arguments, as one would write the call. */
    @Override
    public String toString() {
        return tool + "(" + arguments + ")";
    }
}
