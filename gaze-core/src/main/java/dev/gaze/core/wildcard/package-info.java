/**
 * The wildcard files of a library: folders of text, YAML and JSON, the rules by which a reference finds its list, and the
 * versions of what was saved. Start with {@link dev.gaze.core.wildcard.WildcardLibrary}.
 *
 * <p>A {@code FolderScan} tells what lies there; what changed is read into {@code WordList}s, and a {@code WildcardIndex} of
 * them answers until something changes again. A run keeps the index it began with. Text files that are too large for memory
 * are read line by line through a sparse {@code LineIndex}.
 */
@NullMarked
package dev.gaze.core.wildcard;

import org.jspecify.annotations.NullMarked;
