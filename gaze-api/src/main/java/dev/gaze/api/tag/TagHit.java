package dev.gaze.api.tag;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tag that was found.
 *
 * @param tag the tag
 * @param alias the alias by which it was found; null when its name was
 */
public record TagHit(Tag tag, @Nullable String alias) {

    /** Checks that there is a tag. */
    public TagHit {
        Objects.requireNonNull(tag, "tag");
    }

    /**
     * A tag found by its name.
     *
     * @param tag the tag
     * @return the hit
     */
    public static TagHit of(Tag tag) {
        return new TagHit(tag, null);
    }

    /**
     * The hit as tools answer it to a language model: the tag, and {@code alias} when it was found by one (G132).
     *
     * @return the object
     */
    public JsonObject json() {
        return alias == null ? tag.json() : tag.json().with("alias", new JsonText(alias));
    }
}
