package dev.gaze.core.asset;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The assets of one category, by slug, by file and by display name. Reading needs no lock; those who change it take turns.
 *
 * <p>The order by name is made when somebody first asks for it. A single change is then filed into a copy of it, which
 * is far cheaper than sorting anew; a sync, which changes much, drops it.
 */
final class CategoryIndex {
    private final Map<String, Entry> bySlug = new ConcurrentHashMap<>();
    private final Map<String, Entry> byFile = new ConcurrentHashMap<>();
    private volatile Entry @Nullable [] byName;

    Optional<Entry> find(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }

    int size() {
        return bySlug.size();
    }

    Collection<Entry> all() {
        return bySlug.values();
    }

    Collection<String> slugs() {
        return bySlug.keySet();
    }

    @Nullable
    Entry ofFile(String file) {
        return byFile.get(file);
    }

    /** The entries that have a file. */
    Collection<Entry> withFile() {
        return byFile.values();
    }

    /** By display name without regard to case, ties by slug. */
    List<Entry> sorted() {
        Entry[] known = byName;
        return Arrays.asList(known == null ? sort() : known);
    }

    /** Files an entry; {@code null} takes the slug out. Returns what stood there. */
    @Nullable
    Entry put(String slug, @Nullable Entry entry) {
        synchronized (bySlug) {
            Entry before = replace(slug, entry);
            Entry[] order = byName;
            if (order != null) {
                Entry[] without = before == null ? order : removed(order, before);
                byName = entry == null ? without : inserted(without, entry);
            }
            return before;
        }
    }

    /** Files an entry as one of many. */
    void putUnsorted(String slug, @Nullable Entry entry) {
        synchronized (bySlug) {
            byName = null;
            replace(slug, entry);
        }
    }

    private @Nullable Entry replace(String slug, @Nullable Entry entry) {
        Entry before = entry == null ? bySlug.remove(slug) : bySlug.put(slug, entry);
        if (before != null && before.file() != null) {
            byFile.remove(before.file(), before);
        }
        if (entry != null && entry.file() != null) {
            byFile.put(entry.file(), entry);
        }
        return before;
    }

    private Entry[] sort() {
        record Keyed(String name, Entry entry) {}
        synchronized (bySlug) {
            // The keys are made once for the sort and dropped: kept, they would be a third of the index.
            Entry[] order = bySlug.values().stream()
                    .map(entry -> new Keyed(entry.name().toLowerCase(Locale.ROOT), entry))
                    .sorted(Comparator.comparing(Keyed::name).thenComparing(keyed -> keyed.entry.slug()))
                    .map(Keyed::entry)
                    .toArray(Entry[]::new);
            byName = order;
            return order;
        }
    }

    private static int compare(Entry a, Entry b) {
        int byName = a.name().toLowerCase(Locale.ROOT).compareTo(b.name().toLowerCase(Locale.ROOT));
        return byName != 0 ? byName : a.slug().compareTo(b.slug());
    }

    private static Entry[] removed(Entry[] order, Entry entry) {
        int at = Arrays.binarySearch(order, entry, CategoryIndex::compare);
        Entry[] less = new Entry[order.length - 1];
        System.arraycopy(order, 0, less, 0, at);
        System.arraycopy(order, at + 1, less, at, less.length - at);
        return less;
    }

    private static Entry[] inserted(Entry[] order, Entry entry) {
        int at = -Arrays.binarySearch(order, entry, CategoryIndex::compare) - 1;
        Entry[] more = new Entry[order.length + 1];
        System.arraycopy(order, 0, more, 0, at);
        more[at] = entry;
        System.arraycopy(order, at, more, at + 1, order.length - at);
        return more;
    }
}
