/**
 * The tag catalogues of all installed sources as one. Start with {@link dev.gaze.core.tag.TagRoom}. What tags there are is
 * the sources' matter; that nothing of the deny list comes out is this room's.
 */
@NullMarked
package dev.gaze.core.tag;

import org.jspecify.annotations.NullMarked;
