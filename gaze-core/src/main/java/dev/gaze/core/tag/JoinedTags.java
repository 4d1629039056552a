package dev.gaze.core.tag;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several catalogues as one: each is asked for what those in front of it do not know. A catalogue that fails is passed
 * over with a warning as long as another one answers. Whatever they say, nothing of the deny list comes out.
 */
final class JoinedTags implements TagCatalogue {
    private static final System.Logger LOG = System.getLogger(TagRoom.class.getName());

    private final List<TagCatalogue> catalogues;
    private final Predicate<String> blocked;
    private final boolean onlyShipped;

    JoinedTags(List<TagCatalogue> catalogues, Predicate<String> blocked, boolean onlyShipped) {
        this.catalogues = List.copyOf(catalogues);
        this.blocked = blocked;
        this.onlyShipped = onlyShipped;
    }

    @Override
    public boolean onlyShipped() {
        return onlyShipped;
    }

    @Override
    public List<TagHit> search(TagQuery query) {
        return hits(query, catalogue -> catalogue.search(query));
    }

    @Override
    public List<TagHit> suggest(TagQuery query) {
        return hits(query, catalogue -> catalogue.suggest(query));
    }

    private List<TagHit> hits(TagQuery query, Function<TagCatalogue, List<TagHit>> question) {
        Map<String, TagHit> found = new LinkedHashMap<>();
        new Asking().each(catalogue -> {
            for (TagHit hit : question.apply(catalogue)) {
                if (!tells(hit)) {
                    found.putIfAbsent(hit.tag().name(), hit);
                }
            }
            return found.size() < query.limit();
        });
        return found.values().stream().limit(query.limit()).toList();
    }

    private boolean tells(TagHit hit) {
        String alias = hit.alias();
        return blocked.test(hit.tag().name()) || alias != null && blocked.test(alias);
    }

    @Override
    public TagCheck validate(Collection<String> tags) {
        Answers answers = new Answers(tags);
        new Asking().each(catalogue -> {
            answers.take(catalogue.validate(answers.open));
            return !answers.open.isEmpty();
        });
        return answers.check();
    }

    /** What is known of some tags so far, by their place in the question. */
    private final class Answers {
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<Integer, String> valid = new TreeMap<>();
        private final Map<Integer, Map.Entry<String, String>> aliases = new TreeMap<>();
        private final Map<Integer, TagCheck.Unknown> invalid = new TreeMap<>();
        private final Map<Integer, String> denied = new TreeMap<>();
        private final List<String> asked;
        private List<String> open;

        Answers(Collection<String> tags) {
            asked = List.copyOf(tags);
            for (int i = 0; i < asked.size(); i++) {
                places.putIfAbsent(Tag.bare(asked.get(i)), i);
                places.putIfAbsent(Tag.spelled(asked.get(i)), i);
            }
            open = asked.stream().filter(blocked.negate()).toList();
            asked.stream().filter(blocked).map(Tag::bare).forEach(name -> denied.put(place(name), name));
        }

        /** Takes over what a catalogue knows; what it does not know stays open. */
        void take(TagCheck check) {
            check.valid().forEach(name -> valid.put(place(name), name));
            check.aliases().forEach((alias, name) -> {
                if (blocked.test(name)) {
                    denied.put(place(alias), alias);
                } else {
                    aliases.put(place(alias), Map.entry(alias, name));
                }
            });
            check.blocked().forEach(name -> denied.put(place(name), name));
            for (TagCheck.Unknown unknown : check.invalid()) {
                TagCheck.Unknown before = invalid.get(place(unknown.tag()));
                if (before == null || before.suggestions().isEmpty()) {
                    List<String> harmless = unknown.suggestions().stream()
                            .filter(name -> !blocked.test(name))
                            .toList();
                    invalid.put(place(unknown.tag()), new TagCheck.Unknown(unknown.tag(), harmless));
                }
            }
            open = check.invalid().stream().map(TagCheck.Unknown::tag).toList();
        }

        TagCheck check() {
            invalid.keySet().removeAll(valid.keySet());
            invalid.keySet().removeAll(aliases.keySet());
            invalid.keySet().removeAll(denied.keySet());
            Map<String, String> meant = new LinkedHashMap<>();
            aliases.values().forEach(entry -> meant.put(entry.getKey(), entry.getValue()));
            return new TagCheck(
                    List.copyOf(valid.values()), meant, List.copyOf(invalid.values()), List.copyOf(denied.values()));
        }

        /** A catalogue may spell in a way of its own; such a tag goes to the end. */
        private int place(String name) {
            return places.computeIfAbsent(name, unheard -> asked.size() + places.size());
        }
    }

    @Override
    public Optional<Tag> find(String written) {
        Tag[] found = new Tag[1];
        if (blocked.test(written)) {
            return Optional.empty();
        }
        new Asking().each(catalogue -> {
            found[0] = catalogue
                    .find(written)
                    .filter(tag -> !blocked.test(tag.name()))
                    .orElse(null);
            return found[0] == null;
        });
        return Optional.ofNullable(found[0]);
    }

    @Override
    public boolean isBlocked(String written) {
        return blocked.test(written);
    }

    @Override
    public TagCategories categories() {
        return catalogues.get(0).categories();
    }

    @Override
    public long size() {
        return catalogues.stream().mapToLong(TagCatalogue::size).sum();
    }

    @Override
    public List<Problem> warnings() {
        return catalogues.stream()
                .flatMap(catalogue -> catalogue.warnings().stream())
                .toList();
    }

    /** Asks one after the other until enough is known. */
    private final class Asking {
        private @Nullable GazeException failure;
        private boolean answered;

        void each(Predicate<TagCatalogue> question) {
            for (TagCatalogue catalogue : catalogues) {
                try {
                    boolean more = question.test(catalogue);
                    answered = true;
                    if (!more) {
                        return;
                    }
                } catch (GazeException failed) {
                    tell(failed);
                }
            }
            if (!answered && failure != null) {
                throw failure;
            }
        }

        private void tell(GazeException failed) {
            if (catalogues.size() > 1) {
                LOG.log(Level.WARNING, "A tag source gave no answer: {0}", failed.getMessage());
            }
            failure = failure == null ? failed : failure;
        }
    }
}
