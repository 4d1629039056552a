/**
 * What a plugin implements. Start with {@link GazePlugin}.
 *
 * <p>A plugin only <em>declares</em> things: a category, a LoRA slot, a prompt stage. GAZE reads every declaration
 * first, reports all conflicts together, and uses none of them until they agree. Our own categories are declared here
 * too, so whatever 'character' can do, yours can. Each kind of {@link Extension} lives in the room of what it extends.
 */
@NullMarked
package dev.gaze.api.plugin;

import org.jspecify.annotations.NullMarked;
