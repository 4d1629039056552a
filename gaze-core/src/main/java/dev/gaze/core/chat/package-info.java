/**
 * The language model of a library and the tools it may call. {@link dev.gaze.core.chat.ChatRoom} opens both when somebody
 * asks for them; who talks to the model is a plugin's matter.
 */
@NullMarked
package dev.gaze.core.chat;

import org.jspecify.annotations.NullMarked;
