/**
 * Queue, worker, run, history: what ComfyUI does with a prompt once it is accepted, with the same frames in the same
 * order. One worker thread runs one prompt at a time.
 */
@NullMarked
package dev.gaze.comfy.embedded.run;

import org.jspecify.annotations.NullMarked;
