/**
 * Whether a posted graph may run. One walk over the node definitions, with the answers ComfyUI 0.3.64 gives: the same
 * order of checks, the same error types and texts, down to the words Python uses for a value it cannot convert.
 */
@NullMarked
package dev.gaze.comfy.embedded.validation;

import org.jspecify.annotations.NullMarked;
