/** A model server for tests: it says what a test tells it to, byte for byte, and remembers what it was asked. */
@NullMarked
package dev.gaze.llm.stub;

import org.jspecify.annotations.NullMarked;
