/**
 * From names to words. {@link dev.gaze.core.prompt.Composer} finds the assets of a selection and composes their prompt by
 * a list of small stages; each is a class of its own and can be read alone.
 *
 * <p>Nothing here knows a category by name: which fields are written where, what feeds the face, which section replaces
 * which is all read from the declarations, once for each set of plugins ({@code Layout}). The text of a single tag is
 * the business of {@code TagText}, taking texts apart that of {@code TagList}.
 */
@NullMarked
package dev.gaze.core.prompt;

import org.jspecify.annotations.NullMarked;
