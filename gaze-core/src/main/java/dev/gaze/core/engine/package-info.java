/**
 * Puts the rooms together. {@link dev.gaze.core.engine.DefaultGazeEngine} opens them in order and closes them in
 * reverse; {@link dev.gaze.core.engine.OpenGaze} is what applications hold. Everything else here is one concern each:
 * the steps of a request, templates, the wirer with patches and deny list, the default checkpoint, the connections.
 */
@NullMarked
package dev.gaze.core.engine;

import org.jspecify.annotations.NullMarked;
