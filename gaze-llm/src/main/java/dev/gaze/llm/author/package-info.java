/**
 * Assets written by a language model: {@link dev.gaze.llm.author.ModelAuthors} is found by the engine.
 *
 * <p>An {@code Assignment} says what is to be written, {@code Rounds} asks for it until it is right, and a {@code Review}
 * holds each answer against schema, tag catalogue and deny list. A {@code BulkRun} does so for every model file that no
 * asset names.
 */
@NullMarked
package dev.gaze.llm.author;

import org.jspecify.annotations.NullMarked;
