/**
 * Assets written by a language model. Start with {@link Author}, which {@code gaze.author("character")} gives.
 *
 * <p>What a model writes is data, and not believed: it is held against the schema of its category, against the tag
 * catalogue and against the deny list, and shown back to the model with what is wrong. Nothing is saved unless somebody
 * asks for it.
 */
@NullMarked
package dev.gaze.api.author;

import org.jspecify.annotations.NullMarked;
