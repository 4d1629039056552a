package dev.gaze.api.tag;

import dev.gaze.api.plugin.Extension;

/**
 * Where tags come from: an extension point (G134). GAZE's own source, {@code gaze.tags} in gaze-llm, reads a list from
 * disk, or the small one it ships with. A plugin may bring others, for instance one that asks a server; then all of them
 * answer as one: what the one does not know, the next may.
 *
 * <p>{@link #open} is called at most once for an open library, when a tag is first asked for, on the thread that asks.
 * What it throws, the one who asked gets, and it is called again at the next question. A catalogue that is
 * {@link AutoCloseable} is closed with the library.
 */
public interface TagSource extends Extension {

    /**
     * Opens the catalogue.
     *
     * @param settings what the library says about tags
     * @return a catalogue for use by several threads
     * @throws dev.gaze.api.problem.GazeException when the list it is told to use is not there or no list of tags
     */
    TagCatalogue open(TagSettings settings);
}
