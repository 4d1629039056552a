/**
 * The protocol itself: HTTP routes and the WebSocket. MockWebServer carries both; what is said is decided here, and done
 * in the packages beside.
 */
@NullMarked
package dev.gaze.comfy.embedded.wire;

import org.jspecify.annotations.NullMarked;
