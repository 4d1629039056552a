/**
 * One question to a model server, one answer. Start with {@link dev.gaze.llm.client.ModelServer}.
 *
 * <p>Servers speak one of three {@code Dialect}s; what comes back is read line by line, whether it is one document, a
 * stream of events or a stream of lines, and gathered piece by piece. So a plain answer and a streamed one take the same
 * way (P62). Whatever goes wrong on it is a {@code Trouble}, which tells whether asking again, or asking for less, may
 * help.
 */
@NullMarked
package dev.gaze.llm.client;

import org.jspecify.annotations.NullMarked;
