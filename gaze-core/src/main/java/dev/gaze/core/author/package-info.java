/** Finds who writes assets, and lays out what they work with. How they write is a plugin's matter. */
@NullMarked
package dev.gaze.core.author;

import org.jspecify.annotations.NullMarked;
