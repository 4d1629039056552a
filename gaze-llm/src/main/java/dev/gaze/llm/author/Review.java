package dev.gaze.llm.author;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.llm.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of holding an answer against its schema, the tag catalogue and the deny list.
 *
 * @param answer the answer, with the names of tags for their aliases
 * @param notes what was changed in it
 * @param wrong what must not be saved
 * @param unknown tags that the catalogue does not know
 */
record Review(JsonObject answer, List<Problem> notes, List<Problem> wrong, List<Problem> unknown) {
    /** More than that is no asset, and would keep the catalogue busy for long. */
    private static final int MOST_TAGS = 1_000;
    /** What a model can mend in one go. */
    private static final int MOST_MISFITS = 20;

    Review {
        notes = List.copyOf(notes);
        wrong = List.copyOf(wrong);
        unknown = List.copyOf(unknown);
    }

    static Review of(JsonObject answer, JsonObject schema, SchemaCheck schemas, TagCatalogue tags) {
        List<Problem> wrong = new ArrayList<>();
        schemas.misfits(schema, answer).stream()
                .limit(MOST_MISFITS)
                .map(misfit -> Problem.of(misfit.what()).at(dotted(misfit.place())))
                .forEach(wrong::add);
        Set<String> written = new LinkedHashSet<>();
        TaggedText.map(schema, answer, (place, words, text) -> {
            if (words.areTags()) {
                TagTexts.in(text).forEach(span -> written.add(span.in(text)));
            }
            return text;
        });
        if (written.size() > MOST_TAGS) {
            wrong.add(Problem.of("There are %d tags; an asset has a few dozen".formatted(written.size())));
            return new Review(answer, List.of(), wrong, List.of());
        }
        Reading reading = new Reading(tags, tags.validate(written), wrong);
        JsonObject read = TaggedText.map(schema, answer, reading);
        return new Review(read, reading.notes, wrong, reading.unknown);
    }

    boolean passed() {
        return wrong.isEmpty() && unknown.isEmpty();
    }

    /** Everything that is wrong with it. */
    List<Problem> all() {
        List<Problem> all = new ArrayList<>(wrong);
        all.addAll(unknown);
        return all;
    }

    /** {@code /identity/hair} as people write it. */
    private static String dotted(String pointer) {
        return pointer.isEmpty() ? "the whole object" : pointer.substring(1).replace('/', '.');
    }

    /** Reads texts with what the catalogue said to all tags. */
    private static final class Reading implements TaggedText.Rule {
        private final TagCatalogue tags;
        private final TagCheck check;
        private final Set<String> denied;
        private final Map<String, List<String>> suggestions = new HashMap<>();
        private final List<Problem> wrong;
        private final List<Problem> notes = new ArrayList<>();
        private final List<Problem> unknown = new ArrayList<>();

        Reading(TagCatalogue tags, TagCheck check, List<Problem> wrong) {
            this.tags = tags;
            this.check = check;
            this.wrong = wrong;
            denied = Set.copyOf(check.blocked());
            check.invalid().forEach(one -> suggestions.put(one.tag(), one.suggestions()));
        }

        @Override
        public String apply(String place, TaggedText.Words words, String text) {
            if (!words.negative() && tags.isBlocked(text)) {
                wrong.add(Problem.of("This text holds a name that no prompt may hold")
                        .at(place)
                        .fix("write something else"));
                return text;
            }
            return words.areTags() ? read(place, words, text) : text;
        }

        private String read(String place, TaggedText.Words words, String text) {
            StringBuilder changed = new StringBuilder();
            int copied = 0;
            for (TagTexts.Span span : TagTexts.in(text)) {
                String written = span.in(text);
                String name = tag(place, words, written);
                changed.append(text, copied, span.start()).append(name);
                copied = span.end();
            }
            return changed.append(text, copied, text.length()).toString();
        }

        /** The tag as it should be written. */
        private String tag(String place, TaggedText.Words words, String written) {
            String bare = Tag.bare(written);
            String spelled = Tag.spelled(written);
            if (words.examples().contains(bare)) {
                return written;
            }
            if (!words.negative() && (denied.contains(bare) || denied.contains(spelled))) {
                wrong.add(Problem.of("'%s' must not be used".formatted(written))
                        .at(place)
                        .fix("write something else"));
            } else if (suggestions.containsKey(bare)) {
                unknown.add(Problem.of("'%s' is no tag".formatted(written))
                        .at(place)
                        .fix(fix(suggestions.get(bare))));
            } else {
                String name =
                        check.aliases().getOrDefault(spelled, check.aliases().get(bare));
                if (name != null) {
                    notes.add(Problem.of("'%s' is another name of the tag '%s', which is written instead"
                                    .formatted(written, name))
                            .at(place));
                    return name;
                }
            }
            return written;
        }

        private static String fix(List<String> names) {
            return names.isEmpty()
                    ? "leave it out, or look for a tag that says it"
                    : "did you mean '" + String.join("' or '", names) + "'?";
        }
    }
}
