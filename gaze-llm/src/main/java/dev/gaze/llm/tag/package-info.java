/**
 * The tag catalogue that needs no network: a list from disk, or the small one that ships, held in a few arrays. Start with
 * {@link dev.gaze.llm.tag.ListedTags}.
 *
 * <p>From file to answer: {@code Lines} cuts the bytes, {@code TagListReader} reads rows whatever their columns are,
 * {@code TagRows} gathers them, {@code TagTable} is what stays. Tags are numbered by their count, the most used is 0, so
 * that "highest count first" is the order of numbers. No tag is an object until somebody asks for it.
 */
@NullMarked
package dev.gaze.llm.tag;

import org.jspecify.annotations.NullMarked;
