/**
 * Texts that vary: {@code {cat|dog} nap}, {@code __hue/warm__}, {@code ${size:small}}. Start with {@link Wildcards}.
 *
 * <p>A template says what <em>may</em> be written; a {@link Sampling} decides what <em>is</em>. Templates work in every
 * field of an asset and in the words of a request; {@code gaze.wildcards()} tries them without making a picture. Same
 * template, seed and files give the same text, on every machine.
 */
@NullMarked
package dev.gaze.api.template;

import org.jspecify.annotations.NullMarked;
