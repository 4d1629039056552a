/**
 * ComfyUI's graphs: which node of a template plays which role, how a plan is put into it, and what a server would
 * refuse. Start with {@link dev.gaze.comfy.workflow.ComfyWirer}.
 *
 * <p>{@link dev.gaze.comfy.workflow.Graph} is the working copy everything here reads and changes. Roles are told by a
 * list of {@link dev.gaze.comfy.workflow.RoleRule}s, strongest first. Wiring is a list of small steps over one
 * {@link dev.gaze.comfy.workflow.Wiring}; each minds one matter: words, model files, the LoRA chain, sampling. Nothing
 * here talks to a server; what one says of itself arrives as facts.
 */
@NullMarked
package dev.gaze.comfy.workflow;

import org.jspecify.annotations.NullMarked;
