/**
 * The embedded database: H2 behind a small pool, spoken to through Jdbi, its tables made by the scripts in
 * {@code META-INF/gaze-db}. What it holds about assets can be rebuilt from their files at any time.
 */
@NullMarked
package dev.gaze.core.store;

import org.jspecify.annotations.NullMarked;
