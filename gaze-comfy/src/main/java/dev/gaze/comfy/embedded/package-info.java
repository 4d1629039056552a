/**
 * A ComfyUI for tests and demos: {@link dev.gaze.comfy.embedded.EmbeddedComfy} speaks the protocol of ComfyUI 0.3.64 on
 * a loopback port, checks and runs graphs, and draws a sketch of what was asked for. No GPU, no Python, no model. It makes
 * trouble on request, and {@link dev.gaze.comfy.embedded.FaultProxy} is a bad network in front of it or of any server.
 */
@NullMarked
package dev.gaze.comfy.embedded;

import org.jspecify.annotations.NullMarked;
