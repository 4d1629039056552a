package dev.gaze.core.prompt;

import dev.gaze.api.asset.Section;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.core.prompt.Layout.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The merged assets of a cast and which of them has the say. A section that several bring is the subject's last: an
 * outfit's wardrobe replaces the character's. Of the others, the last category in order wins. A look silences the
 * triggers of its character.
 */
final class Merged {
    private final List<Source> sources;
    private final @Nullable Source subject;
    private final Map<String, Source> owners = new HashMap<>();

    private Merged(List<Source> sources, @Nullable Source subject, Layout layout) {
        this.sources = sources;
        this.subject = subject;
        sources.stream()
                .sorted(Comparator.comparingInt(source -> source == subject ? -1 : layout.rank(source.category())))
                .forEach(this::own);
    }

    private void own(Source source) {
        for (Section section : source.category().sections()) {
            if (source.has(section)) {
                owners.put(section.name(), source);
            }
        }
    }

    /**
     * Reads the merged assets of a cast.
     *
     * @param outfit the outfit of the subject's wardrobe that is asked for; null for the active one
     * @param warnings told what was replaced
     */
    static Merged of(Cast cast, Layout layout, @Nullable String outfit, Consumer<Problem> warnings) {
        Cast.Member first = cast.subject().orElse(null);
        List<Source> bySlot = new ArrayList<>();
        for (Cast.Member member : cast.members()) {
            if (member.merged()) {
                bySlot.add(new Source(member, member == first ? outfit : null, warnings));
            }
        }
        bySlot.sort(Comparator.comparingInt(source -> layout.slotRank(source.category())));
        List<Source> ordered = new ArrayList<>(bySlot.size());
        Source subject = null;
        for (Source source : bySlot) {
            if (source.isMember(first)) {
                subject = source;
                append(source, bySlot, ordered);
            }
        }
        for (Source source : bySlot) {
            if (!standsInForAny(source, bySlot)) {
                append(source, bySlot, ordered);
            }
        }
        bySlot.forEach(source -> append(source, bySlot, ordered)); // those that stand in for one another
        return new Merged(ordered, subject, layout);
    }

    private static boolean standsInForAny(Source source, List<Source> others) {
        for (Source other : others) {
            if (source.standsInFor(other)) {
                return true;
            }
        }
        return false;
    }

    /** The source, then directly behind it those that stand in for it. */
    private static void append(Source source, List<Source> all, List<Source> ordered) {
        if (!ordered.contains(source)) {
            ordered.add(source);
            for (Source other : all) {
                if (other.standsInFor(source)) {
                    append(other, all, ordered);
                }
            }
        }
    }

    /** The merged assets: the subject, those that stand in for it, then the others in slot order. */
    List<Source> sources() {
        return sources;
    }

    /** Who is shown; null when nobody is chosen. */
    @Nullable
    Source subject() {
        return subject;
    }

    /** Whether a source gives the words of a field: its own top-level fields always, a section when it owns it. */
    boolean owns(Source source, Place place) {
        return place.isTopLevel() || owners.get(place.section().name()) == source;
    }

    /** Whether the source's triggers are left to an asset that stands in for it. */
    boolean isStoodInFor(Source source) {
        for (Source other : sources) {
            if (other.standsInFor(source) && other.bringsLora()) {
                return true;
            }
        }
        return false;
    }
}
