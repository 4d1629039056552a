/**
 * An application that embeds GAZE: a command line over a folder of assets. {@link dev.gaze.example.Main} starts it, every
 * command is a class of its own in {@code command}, and what people see on the way is in {@code terminal}.
 */
@NullMarked
package dev.gaze.example;

import org.jspecify.annotations.NullMarked;
