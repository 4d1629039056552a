package dev.gaze.api.chat;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.time.Time;

/** Knows how to talk to some kinds of model servers. Declared by a plugin; opens nothing until it is used. */
public interface ChatBackend extends Extension {

    /**
     * Whether this one can talk to a server. Answers from the settings alone.
     *
     * @param settings the server
     * @return true when {@link #connect} may be called with it
     */
    boolean takes(ChatSettings settings);

    /**
     * Prepares a connection. Returns at once, also when the server is down: that shows with the first call.
     *
     * @param settings where and how
     * @param time the clock and timer for every limit
     * @return the server; the caller closes it
     */
    Llm connect(ChatSettings settings, Time time);
}
