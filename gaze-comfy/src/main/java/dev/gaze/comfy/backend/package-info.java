/**
 * ComfyUI as GAZE's engine sees it: {@link dev.gaze.comfy.backend.ComfyBackend} for servers on the network,
 * {@link dev.gaze.comfy.backend.EmbeddedBackend} for the sketch server inside this process. Both are thin: what a run is
 * and how it ends is the business of the client.
 */
@NullMarked
package dev.gaze.comfy.backend;

import org.jspecify.annotations.NullMarked;
