package dev.gaze.api.chat;

import dev.gaze.api.plugin.Extension;

/**
 * Brings tools that need something of the library they are used in. Tools that need nothing are declared themselves, as
 * {@link ChatTool}s.
 */
public interface ChatToolSource extends Extension {

    /**
     * Opens the tools. Called once, when somebody first asks for tools, on that thread.
     *
     * @param settings what may be used
     * @return the tools; closed with the library
     */
    ChatToolbox open(ToolSettings settings);
}
