/**
 * The history and the conversations of a library, in its database. {@link dev.gaze.core.history.DatabaseHistory} answers
 * questions, {@link dev.gaze.core.history.Generations} writes down what was made, and
 * {@link dev.gaze.core.history.DatabaseConversations} keeps what is being said.
 */
@NullMarked
package dev.gaze.core.history;

import org.jspecify.annotations.NullMarked;
