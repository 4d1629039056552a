/** JSON by Jackson's streaming parser and generator, straight into and out of GAZE's own values. */
@NullMarked
package dev.gaze.core.json;

import org.jspecify.annotations.NullMarked;
