/**
 * GAZE's own tools for language models: {@link dev.gaze.llm.tool.TagTools} over the tag catalogue.
 */
@NullMarked
package dev.gaze.llm.tool;

import org.jspecify.annotations.NullMarked;
