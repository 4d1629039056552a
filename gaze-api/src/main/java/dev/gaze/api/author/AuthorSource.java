package dev.gaze.api.author;

import dev.gaze.api.plugin.Extension;

/**
 * Knows how to write assets: an extension point. GAZE's own, {@code gaze.authors} in gaze-llm, works for every category.
 * A plugin's is asked first.
 */
public interface AuthorSource extends Extension {

    /**
     * Gives an author. Returns at once; nothing is asked of the model yet.
     *
     * @param desk what it works with
     * @return the author
     */
    Author author(AuthorDesk desk);
}
