/** What language models bring to GAZE. {@link dev.gaze.llm.LlmPlugin} is found by the engine; nothing here is called by name. */
@NullMarked
package dev.gaze.llm;

import org.jspecify.annotations.NullMarked;
