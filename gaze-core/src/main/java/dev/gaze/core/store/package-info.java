/**
 * The database: an H2 file or a PostgreSQL server behind a small pool, spoken to through Jdbi with the same SQL, its
 * tables made by the scripts in {@code META-INF/gaze-db}. {@link dev.gaze.core.store.Database} is the door. What it holds
 * about assets can be rebuilt from their files at any time.
 *
 * <p>Several processes may share a server: {@link dev.gaze.core.store.Signals} wake the others,
 * {@link dev.gaze.core.store.Neighbours} take turns.
 */
@NullMarked
package dev.gaze.core.store;

import org.jspecify.annotations.NullMarked;
