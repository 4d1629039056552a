/**
 * Files, touched with care. {@link dev.gaze.core.file.Confined} turns a name somebody gave into a path that stays inside
 * its folder; {@link dev.gaze.core.file.DurableFile} writes so that a crash at any moment leaves the old or the new
 * file.
 */
@NullMarked
package dev.gaze.core.file;

import org.jspecify.annotations.NullMarked;
