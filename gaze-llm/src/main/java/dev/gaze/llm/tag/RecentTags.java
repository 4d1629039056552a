package dev.gaze.llm.tag;

import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCategories;
import org.jspecify.annotations.Nullable;

/**
 * Tags that were told lately. The most used ones come up again and again, and making one takes longer than finding it.
 * Two threads may make the same one, which does no harm: both are equal and immutable.
 */
final class RecentTags {
    private static final int KEPT = 1 << 12;

    private final TagTable table;
    private final TagCategories scheme;
    private final @Nullable Made[] made = new Made[KEPT];

    private record Made(int number, Tag tag) {}

    RecentTags(TagTable table, TagCategories scheme) {
        this.table = table;
        this.scheme = scheme;
    }

    Tag tag(int number) {
        Made before = made[number % KEPT];
        if (before == null || before.number != number) {
            before = new Made(number, table.tag(number, scheme));
            made[number % KEPT] = before;
        }
        return before.tag;
    }
}
