/**
 * Words. A {@link Selection} names what is wanted, a {@link Cast} is the assets behind the names, and a {@link Prompt}
 * is the finished text with the origin of every word. {@link PromptBuilder} leads from the first to the last.
 *
 * <p>Composition is a list of small {@link PromptStage}s over a {@link Draft}: fields in block order, extras, free
 * additions, background, base texts of the checkpoint, literal texts of the workflow template, deny list, cross-dedup.
 */
@NullMarked
package dev.gaze.api.prompt;

import org.jspecify.annotations.NullMarked;
