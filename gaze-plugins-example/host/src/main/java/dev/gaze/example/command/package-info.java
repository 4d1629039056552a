/**
 * The commands, one class each. {@link dev.gaze.example.command.Host} puts them together; what several of them share
 * (which library, which server, what is wanted) stands in option groups of its own.
 */
@NullMarked
package dev.gaze.example.command;

import org.jspecify.annotations.NullMarked;
