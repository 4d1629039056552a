package dev.gaze.api.chat;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plugin.Extension;

/**
 * Something a model may call while it thinks about its answer. {@link #id} is the name the model calls it by: letters,
 * digits, {@code _} and {@code -}, at most 64 of them.
 *
 * <p>A plugin may declare tools, and a {@link ChatRequest} names those the model may use. Calls of one turn run side by
 * side, and several conversations may use one tool at the same time.
 */
public interface ChatTool extends Extension {

    /**
     * What the tool does and when to use it, for the model.
     *
     * @return one or a few sentences; the same at every call
     */
    String description();

    /**
     * What arguments it takes. Arguments that do not fit are answered to the model without calling {@link #run}.
     *
     * @return a JSON Schema of {@code "type": "object"}; the same at every call
     */
    JsonObject parameters();

    /**
     * Whether the same call may answer something else a moment later, as one that asks how far a job is. Such a call is
     * made as often as the model makes it. Any other is made once within a conversation, and the model is told the same
     * result again: models that are stuck would call for ever. The number of turns ends both (see {@link ToolLimits}).
     *
     * @return false unless overridden; the same at every call
     */
    default boolean repeatable() {
        return false;
    }

    /**
     * Does it. Called on a thread of its own, which is interrupted when the call's time is over (see {@link ToolLimits})
     * or the conversation is cancelled; what it returns after that is thrown away.
     *
     * @param arguments fitting {@link #parameters}
     * @return the result: a {@code JsonText} is given to the model as it stands, everything else as JSON
     * @throws Exception when it cannot; the model is told the message (so keep secrets out of it) and may try something
     *     else
     */
    JsonValue run(JsonObject arguments) throws Exception;
}
