/**
 * Assets as files on disk: found, synced, changed. Start with {@link dev.gaze.core.asset.AssetLibrary}.
 *
 * <p>The files are the truth. Beside them stand an index in memory (what lists and searches need of every asset), its
 * copy in the database (so that opening need not read every file), and a cache of parsed files. A {@code Shelf} keeps
 * the four together for one category; everything that changes assets goes through it, the file first.
 */
@NullMarked
package dev.gaze.core.asset;

import org.jspecify.annotations.NullMarked;
