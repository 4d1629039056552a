/** How {@link dev.gaze.api.Gaze} finds the engine. Internal: exported to the engine alone. */
@NullMarked
package dev.gaze.api.engine;

import org.jspecify.annotations.NullMarked;
