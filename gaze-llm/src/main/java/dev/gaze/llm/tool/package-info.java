/**
 * GAZE's own tools for language models: {@link dev.gaze.llm.tool.TagTools} over the tag catalogue,
 * {@link dev.gaze.llm.tool.LibraryTools} over a whole library.
 */
@NullMarked
package dev.gaze.llm.tool;

import org.jspecify.annotations.NullMarked;
