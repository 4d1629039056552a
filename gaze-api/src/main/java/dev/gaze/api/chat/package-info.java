/**
 * Talking to a language model. Start with {@link Llm}; {@link ChatRequest} is what is asked, {@link ChatReply} what comes
 * back, {@link ChatEvent} what happens in between.
 *
 * <p>A request may bring {@link ChatTool}s: the model calls them, GAZE runs them and gives it the results, for up to ten
 * turns. Everything that can go wrong is one of {@link ChatError}, told with what to do about it. Keys are
 * {@link Secret}s; no message, log line or {@code toString} shows one.
 */
@NullMarked
package dev.gaze.api.chat;

import org.jspecify.annotations.NullMarked;
