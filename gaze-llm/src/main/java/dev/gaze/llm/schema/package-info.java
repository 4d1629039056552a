/** Holds JSON against JSON Schemas: the arguments of tools, and what a model writes. */
@NullMarked
package dev.gaze.llm.schema;

import org.jspecify.annotations.NullMarked;
