/** How plugins are found, ordered and checked. The result is {@link dev.gaze.core.plugin.Installed}. */
@NullMarked
package dev.gaze.core.plugin;

import org.jspecify.annotations.NullMarked;
