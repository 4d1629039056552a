/**
 * JSON as immutable values. Asset files, workflows and settings are {@link JsonValue} trees in which key order, unknown
 * keys and the way a number was written survive reading, changing and writing. {@link Json} reads and writes them.
 */
@NullMarked
package dev.gaze.api.json;

import org.jspecify.annotations.NullMarked;
