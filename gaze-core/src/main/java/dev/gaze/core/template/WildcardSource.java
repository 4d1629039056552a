package dev.gaze.core.template;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where wildcards come from. One run asks one source, which answers the same all through it. */
public interface WildcardSource {
    /** A source without wildcards. */
    WildcardSource NONE = (path, from) -> null;

    /**
     * The entries of a wildcard, by the look-up rules.
     *
     * @param path as it was written, variables filled in; may hold {@code *} and {@code ?}
     * @param from who asks
     * @return what was found; null when nothing was
     */
    @Nullable
    Pool find(String path, Origin from);

    /** Every name there is, to tell the nearest of one that is not. */
    default Collection<String> names() {
        return List.of();
    }
}
