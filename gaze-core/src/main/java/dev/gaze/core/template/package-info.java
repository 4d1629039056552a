/**
 * Templates without files: what may be written, and how it is decided what is.
 *
 * <p>{@link dev.gaze.core.template.TemplateParser} turns a text into a sealed tree of {@link dev.gaze.core.template.Node}s;
 * a {@link dev.gaze.core.template.TemplateRun} makes results of it. All three ways of choosing share one evaluation: it
 * asks for a number below n wherever there is something to choose, and random draws, turns or the {@code Odometer} that
 * walks through all combinations answer. Wildcards come in through {@link dev.gaze.core.template.WildcardSource}. No clock,
 * no files, no randomness but {@code SplitMix}.
 */
@NullMarked
package dev.gaze.core.template;

import org.jspecify.annotations.NullMarked;
