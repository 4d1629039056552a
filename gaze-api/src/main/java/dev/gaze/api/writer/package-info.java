/**
 * Prompts written by a language model. Start with {@link dev.gaze.api.writer.PromptWriter}.
 *
 * <p>One text in, one prompt out; or a conversation that goes on until the prompt is right. What a prompt has to look like
 * depends on what it is for: each {@link dev.gaze.api.writer.PromptTarget} brings the instructions for the model. Presets
 * are added to what the person says, and what was written is kept in the history.
 */
@NullMarked
package dev.gaze.api.writer;

import org.jspecify.annotations.NullMarked;
