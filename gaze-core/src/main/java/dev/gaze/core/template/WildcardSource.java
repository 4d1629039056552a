package dev.gaze.core.template;

import org.jspecify.annotations.Nullable;

/** Where wildcards come from. One run asks one source, which answers the same all through it. */
public interface WildcardSource {
    /** A source without wildcards. */
    WildcardSource NONE = (path, from) -> null;

    /**
     * A wildcard, by the look-up rules.
     *
     * @param path as it was written, variables filled in; may hold {@code *} and {@code ?}
     * @param from who asks
     * @return what was found; null when nothing was
     */
    @Nullable
    Found find(String path, Origin from);

    /**
     * What a reference leads to.
     *
     * @param name its path in the library, for messages and links
     * @param pool its entries
     */
    record Found(String name, Pool pool) {}
}
