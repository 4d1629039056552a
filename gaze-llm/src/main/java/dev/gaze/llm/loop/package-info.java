/**
 * From a request to its reply: ask the model, run the tools it calls, ask again, until it answers (G50). Start with
 * {@link dev.gaze.llm.loop.ToolLoop}.
 *
 * <p>A {@code Conversation} is one request on its way. It lives on one thread, which asks the server and tells the
 * listener; tools run on others, so that one that never returns costs its own thread and nothing else.
 */
@NullMarked
package dev.gaze.llm.loop;

import org.jspecify.annotations.NullMarked;
