package dev.gaze.api.asset;

import java.util.List;

/**
 * A part of a longer list.
 *
 * @param items the items of this page, in order; unmodifiable
 * @param offset how many items stand in front of this page, from 0
 * @param total how many there are in all
 * @param <T> what the list holds
 */
public record Page<T>(List<T> items, int offset, int total) {

    /** Copies the items and checks the numbers. */
    public Page {
        items = List.copyOf(items);
        if (offset < 0 || total < 0) {
            throw new IllegalArgumentException(
                    "Page offset %d and total %d must not be negative".formatted(offset, total));
        }
    }

    /**
     * Whether more items follow.
     *
     * @return true when this page is not the last
     */
    public boolean hasMore() {
        return offset + items.size() < total;
    }
}
