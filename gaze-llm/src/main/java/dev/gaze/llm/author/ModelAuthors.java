package dev.gaze.llm.author;

import dev.gaze.api.author.Author;
import dev.gaze.api.author.AuthorDesk;
import dev.gaze.api.author.AuthorSource;

/** GAZE's own authors, for every category. */
public final class ModelAuthors implements AuthorSource {

    /** Opens nothing. */
    public ModelAuthors() {}

    @Override
    public String id() {
        return "gaze.authors";
    }

    @Override
    public Author author(AuthorDesk desk) {
        return new ModelAuthor(desk, null);
    }
}
