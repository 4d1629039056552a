package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what a sync read into the index, one file after the other, and remembers what stood there before. */
final class Filing {
    private final Shelf shelf;
    private final Instant began;
    private final Map<String, Before> touched = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean many;

    Filing(Shelf shelf) {
        this.shelf = shelf;
        this.began = shelf.now();
    }

    /** What stood in the index under a slug before this sync; nothing when the entry is null. */
    private record Before(@Nullable Entry entry) {}

    /**
     * What became of a file.
     *
     * @param file its name
     * @param entry what it holds; null when it holds no asset
     * @param problems why not, and what is wrong with its sidecar
     */
    record Outcome(String file, @Nullable Entry entry, List<Problem> problems) {}

    /** Prepares for very many changes. */
    void expectMany() {
        many = true;
    }

    /** Where to tell what is wrong. */
    List<Problem> problems() {
        return problems;
    }

    /**
     * Files what became of a file. Of two files with one slug the first by name wins.
     *
     * @param outcome what it holds
     * @param waiting files that have not been settled yet; what the index says of them may be out of date
     */
    void settle(Outcome outcome, Set<String> waiting) {
        problems.addAll(outcome.problems);
        Entry entry = outcome.entry;
        Entry known = shelf.index().ofFile(outcome.file);
        if (known != null && (entry == null || !entry.slug().equals(known.slug()))) {
            set(known.slug(), null);
        }
        if (entry == null) {
            return;
        }
        Entry holder = shelf.index().find(entry.slug()).orElse(null);
        String other = holder == null ? null : holder.file();
        if (other == null || other.equals(outcome.file)) {
            set(entry.slug(), entry);
        } else if (other.compareTo(outcome.file) < 0) {
            duplicate(entry.slug(), other, outcome.file);
        } else {
            set(entry.slug(), entry);
            if (!waiting.contains(other)) {
                duplicate(entry.slug(), outcome.file, other);
            }
        }
    }

    /** Files an entry; null takes the slug out. */
    void set(String slug, @Nullable Entry entry) {
        Entry there = shelf.index().find(slug).orElse(null);
        touched.putIfAbsent(slug, new Before(there));
        if (many) {
            shelf.index().putUnsorted(slug, entry);
        } else {
            shelf.index().put(slug, entry);
        }
        shelf.indexed(slug, entry, there != null);
    }

    /**
     * Ends the sync.
     *
     * @param looked how many assets were looked at
     */
    SyncReport report(int looked) {
        shelf.copy().failure().ifPresent(problems::add);
        List<AssetKey> added = new ArrayList<>();
        List<AssetKey> changed = new ArrayList<>();
        List<AssetKey> removed = new ArrayList<>();
        touched.forEach((slug, before) -> {
            Entry was = before.entry;
            Entry is = shelf.index().find(slug).orElse(null);
            if (was == null && is != null) {
                added.add(shelf.key(slug));
            } else if (was != null && is == null) {
                removed.add(shelf.key(slug));
            } else if (was != null && is != null && !was.sameContent(is)) {
                changed.add(shelf.key(slug));
            }
        });
        int unchanged = Math.max(0, looked - added.size() - changed.size());
        return new SyncReport(added, changed, removed, unchanged, problems, Duration.between(began, shelf.now()));
    }

    private void duplicate(String slug, String loaded, String leftOut) {
        problems.add(new Problem(
                "'%s' has the same slug '%s' as '%s', which comes first and is loaded".formatted(leftOut, slug, loaded),
                shelf.reader().where(leftOut),
                "give one of the two another " + shelf.category().idKey()));
    }
}
