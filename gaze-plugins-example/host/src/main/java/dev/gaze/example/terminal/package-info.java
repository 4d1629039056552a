/** What people see: text on two streams, and the progress of a picture. */
@NullMarked
package dev.gaze.example.terminal;

import org.jspecify.annotations.NullMarked;
