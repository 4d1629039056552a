/**
 * Machines that make images. A {@link RenderBackend} is a type of server, a {@link RenderServer} one that is connected,
 * a {@link RenderRun} one workflow on its way. What happens to a run is told as {@link RenderEvent}s.
 */
@NullMarked
package dev.gaze.api.backend;

import org.jspecify.annotations.NullMarked;
