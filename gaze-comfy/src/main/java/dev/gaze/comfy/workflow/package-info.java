/** ComfyUI's graphs: which node of a template plays which role, how a plan is put into it, what a server would refuse. */
@NullMarked
package dev.gaze.comfy.workflow;

import org.jspecify.annotations.NullMarked;
