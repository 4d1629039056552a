/**
 * ComfyUI graphs. A {@link WorkflowTemplate} is a graph whose nodes have roles; a {@link WorkflowWirer} puts a plan into
 * it and gives a {@link Workflow}, ready to be sent. Both are values, and wiring is a pure function of template, plan
 * and {@link ServerFacts}.
 *
 * <h2>A graph of your own</h2>
 *
 * Any graph exported with <em>Workflow &gt; Export (API)</em> is a template. Which node plays which {@link Role} is told
 * by the first of these that knows, and where one sees several nodes, the next may only choose among them:
 *
 * <ol>
 *   <li>a map beside the template, role or {@code lora:<slot>} to node id: <code>{"sampler": "31", "lora:outfit":
 *       "17"}</code>
 *   <li><code>{{POSITIVE_PROMPT}}</code>, <code>{{NEGATIVE_PROMPT}}</code>, <code>{{FACE_PROMPT}}</code> and
 *       <code>{{HAND_PROMPT}}</code> in any text, also in a text node linked to an encoder
 *   <li>titles: {@code Positive}, {@code Negative}, {@code Face prompt}, {@code Hand detailer}, {@code LoRA: outfit}; a
 *       sampler, checkpoint, latent, decode, save or VAE node by just that word
 *   <li>the links: the main sampler is the one that starts from an empty latent, the rest is found from there; detailers
 *       by what their detector model finds
 *   <li>the numbers of the first GAZE: 3 sampler, 4 checkpoint, 5 latent, 6 positive, 7 negative, 8 decode, 9 save, 11
 *       and 13 detailers, 14 and 15 their texts, 16 to 19 LoRA loaders
 * </ol>
 *
 * <h2>What wiring does</h2>
 *
 * Finished texts go into their encoders; the template's own words around a placeholder were taken in when they were
 * composed. LoRAs stand in the order of the plan behind the checkpoint (or where the template's first loader stood): a
 * loader that serves a slot is used for it, more are added, unused ones are passed by, and a loader that serves no slot
 * is taken out, since its LoRA would draw somebody else. Everybody who took model or CLIP from there takes them from the
 * end of the chain. Sampler settings go to the main sampler and the detailers, seeds to every sampler, a VAE file to
 * decoder and detailers. Passes a server cannot run are taken out with a warning, and files are spelt as it spells them.
 */
@NullMarked
package dev.gaze.api.workflow;

import org.jspecify.annotations.NullMarked;
