/**
 * What nodes do when they run. A node of the data file that has no function here still runs: it hands through the first
 * input of each output's type.
 */
@NullMarked
package dev.gaze.comfy.embedded.node;

import org.jspecify.annotations.NullMarked;
