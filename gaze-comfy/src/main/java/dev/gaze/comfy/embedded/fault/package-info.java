/** What a test can make go wrong, and how the server waits: on the time seam, never by sleeping. */
@NullMarked
package dev.gaze.comfy.embedded.fault;

import org.jspecify.annotations.NullMarked;
