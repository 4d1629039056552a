/**
 * What every ComfyUI server does, one row a rule. The rows run against the embedded server always and against a real one
 * when {@code GAZE_COMFY_URL} is set. They talk plain HTTP and WebSocket, so that a mistake of our client cannot hide a
 * mistake of our server.
 */
@NullMarked
package dev.gaze.comfy.contract;

import org.jspecify.annotations.NullMarked;
