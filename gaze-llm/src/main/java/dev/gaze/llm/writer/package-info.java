/**
 * The prompt writer: lays a request and its presets out as a message, has a model answer, reads the prompts out of the
 * answer, and keeps conversations and the history up to date. {@link dev.gaze.llm.writer.DefaultWriterEngine} is the door.
 * How a message looks and what an answer means are pure functions.
 */
@NullMarked
package dev.gaze.llm.writer;

import org.jspecify.annotations.NullMarked;
