/**
 * What was asked and what came of it. Start with {@link dev.gaze.api.history.History}.
 *
 * <p>Every picture that was made and every prompt that a language model wrote is an entry, with the raw request, the
 * finished words, and what it was refined from. A history never stands in the way: what cannot be written down is logged,
 * and the work goes on. It lives in the library's database only; {@code export} writes it out.
 */
@NullMarked
package dev.gaze.api.history;

import org.jspecify.annotations.NullMarked;
