package dev.gaze.llm.tag;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a list, found without a network. What completing and mending need besides the table is built when first
 * asked for. Immutable apart from that; safe for use by several threads.
 */
public final class ListedTags implements TagCatalogue {
    private static final int SUGGESTIONS = 3;
    /** Of shorter texts nearly every tag is one slip away. */
    private static final int SHORTEST_SLIP = 3;

    private final TagTable table;
    private final TagCategories scheme;
    private final Predicate<String> blocked;
    private final List<Problem> warnings;
    private final RecentTags recent;
    private final Denied deniedNames;
    private final Denied deniedAliases;
    private final Once<PrefixIndex> wordStarts;
    private final Once<Parts> parts;
    private final Once<OneSlip> slips;

    /**
     * The tags of a table.
     *
     * @param table the tags
     * @param scheme how their categories are numbered
     * @param blocked whether a name must not be told
     * @param warnings what was wrong with the list
     */
    ListedTags(TagTable table, TagCategories scheme, Predicate<String> blocked, List<Problem> warnings) {
        this.table = table;
        this.scheme = scheme;
        this.blocked = blocked;
        this.warnings = List.copyOf(warnings);
        recent = new RecentTags(table, scheme);
        deniedNames = new Denied(table.size(), table.names()::get, blocked);
        deniedAliases = new Denied(table.aliases().count(), table.byAlias()::text, blocked);
        wordStarts = new Once<>(() -> WordStarts.of(table.names()));
        parts = new Once<>(() -> new Parts(table.names()));
        slips = new Once<>(() -> new OneSlip(table));
    }

    @Override
    public List<TagHit> search(TagQuery query) {
        Hits hits = new Hits(query);
        hits.beginning(Tag.spelled(query.text()), true);
        return hits.found;
    }

    @Override
    public List<TagHit> suggest(TagQuery query) {
        String text = Tag.spelled(query.text());
        Hits hits = new Hits(query);
        if (!hits.beginning(text, false) && !text.isEmpty()) {
            hits.complete(text);
        }
        return hits.found;
    }

    @Override
    public TagCheck validate(Collection<String> tags) {
        Set<String> valid = new LinkedHashSet<>();
        Map<String, String> aliases = new LinkedHashMap<>();
        Map<String, List<String>> invalid = new LinkedHashMap<>();
        Set<String> denied = new LinkedHashSet<>();
        for (String written : tags) {
            String bare = Tag.bare(written);
            String found = known(written);
            int tag = found == null ? -1 : table.find(Texts.utf8(found));
            String name = tag < 0 ? "" : table.names().get(tag);
            if (blocked.test(written) || blocked.test(name)) {
                denied.add(found == null ? bare : found);
            } else if (tag >= 0 && name.equals(found)) {
                valid.add(name);
            } else if (tag >= 0) {
                aliases.put(found, name);
            } else if (!bare.isEmpty()) {
                invalid.computeIfAbsent(bare, this::meant);
            }
        }
        return new TagCheck(
                List.copyOf(valid),
                aliases,
                invalid.entrySet().stream()
                        .map(entry -> new TagCheck.Unknown(entry.getKey(), entry.getValue()))
                        .toList(),
                List.copyOf(denied));
    }

    /** What was probably meant: a slip first, since nothing is being typed any more, then what completing finds. */
    private List<String> meant(String text) {
        Hits hits = new Hits(TagQuery.of(text).limit(SUGGESTIONS));
        if (!hits.near(text) && !hits.beginning(text, false)) {
            hits.complete(text);
        }
        return hits.found.stream().map(hit -> hit.tag().name()).toList();
    }

    @Override
    public Optional<Tag> find(String written) {
        return Optional.ofNullable(known(written))
                .map(name -> recent.tag(table.find(Texts.utf8(name))))
                .filter(tag -> !blocked.test(written) && !blocked.test(tag.name()));
    }

    /** The spelling under which a tag is known, the one nearest to what was written; null when there is none. */
    private @Nullable String known(String written) {
        return Stream.of(TagName.of(written), Tag.spelled(written), Tag.bare(written))
                .filter(name -> !name.isEmpty() && table.find(Texts.utf8(name)) >= 0)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean isBlocked(String written) {
        return blocked.test(written);
    }

    @Override
    public TagCategories categories() {
        return scheme;
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public List<Problem> warnings() {
        return warnings;
    }

    /** Gathers what answers a query until there is enough. Every method says whether there is. */
    private final class Hits {
        private final TagQuery query;
        private final List<TagHit> found = new ArrayList<>();
        private int[] seen = new int[TagQuery.USUAL];
        private int seenCount;

        Hits(TagQuery query) {
            scheme.require(query.category());
            this.query = query;
        }

        boolean beginning(String text, boolean shortcuts) {
            byte[] prefix = Texts.utf8(text);
            if (tags(table.byName().startingWith(prefix), table.byName())) {
                return true;
            }
            if (text.isEmpty()) {
                return false; // every tag was among the names
            }
            PrefixIndex aliases = table.byAlias();
            BestFirst.Places best = aliases.startingWith(prefix);
            for (int place = best.next(); place >= 0; place = best.next()) {
                boolean shown = shortcuts || !aliases.begins(place, '/');
                if (shown && !deniedAliases.test(place) && add(aliases.tag(place), aliases.text(place))) {
                    return true;
                }
            }
            return false;
        }

        boolean complete(String text) {
            byte[] part = Texts.utf8(text);
            PrefixIndex words = wordStarts.get();
            if (tags(words.startingWith(part), words)) {
                return true;
            }
            parts.get().holding(part, tag -> !add(tag, null));
            return found.size() == query.limit() || near(text);
        }

        boolean near(String text) {
            if (text.length() >= SHORTEST_SLIP) {
                for (int tag : slips.get().near(text)) {
                    if (add(tag, null)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean tags(BestFirst.Places best, PrefixIndex index) {
            for (int place = best.next(); place >= 0; place = best.next()) {
                if (add(index.tag(place), null)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a tag was met before; from now on it was. Answers are short, so that looking through them is quickest. */
        private boolean seen(int number) {
            for (int i = 0; i < seenCount; i++) {
                if (seen[i] == number) {
                    return true;
                }
            }
            if (seenCount == seen.length) {
                seen = Arrays.copyOf(seen, 2 * seenCount);
            }
            seen[seenCount++] = number;
            return false;
        }

        private boolean add(int number, @Nullable String alias) {
            if (found.size() < query.limit()
                    && scheme.matches(query.category(), table.categories()[number])
                    && !seen(number)) {
                if (!deniedNames.test(number)) {
                    found.add(new TagHit(recent.tag(number), alias));
                }
            }
            return found.size() == query.limit();
        }
    }
}
