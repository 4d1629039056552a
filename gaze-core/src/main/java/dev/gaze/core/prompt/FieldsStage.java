package dev.gaze.core.prompt;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.core.prompt.Layout.BlockLines;
import dev.gaze.core.prompt.Layout.Line;
import dev.gaze.core.prompt.Layout.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words of the merged assets, block by block, and what of them feeds face and hand. */
record FieldsStage(Layouts layouts) implements WordStage {
    static final String ID = "fields";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft, Expansion expansion) {
        return new Writing(draft, layouts.of(draft.cast()), expansion).draft();
    }

    /** The work of one composition. */
    private static final class Writing {
        private final Draft draft;
        private final Layout layout;
        private final Expansion expansion;
        private final List<Problem> warnings = new ArrayList<>();
        private final Merged merged;
        private final FieldChoice choice;
        private final Set<String> chosenCategories = new HashSet<>();
        private final Map<FieldAddress, List<FieldWords>> written = new HashMap<>();

        Writing(Draft draft, Layout layout, Expansion expansion) {
            Cast cast = draft.cast();
            this.draft = draft;
            this.layout = layout;
            this.expansion = expansion;
            merged = Merged.of(cast, layout, draft.selection().outfit(), warnings::add);
            choice = FieldChoice.of(draft.selection(), cast, merged, layout, warnings::add);
            cast.members()
                    .forEach(member -> chosenCategories.add(member.category().id()));
            warnOfUnwornOutfit();
        }

        Draft draft() {
            Source subject = merged.subject();
            Head head = subject == null ? Head.ofNobody() : Head.of(subject, warnings::add);
            Map<String, List<FieldWords>> words = new LinkedHashMap<>();
            for (BlockLines block : layout.blocks()) {
                List<FieldWords> own = words(block);
                if (!block.block().equals(Block.NEGATIVE)) {
                    own.replaceAll(head::withoutCounts);
                }
                words.put(block.block(), own);
            }
            List<PromptPart> parts = new ArrayList<>();
            words.forEach((block, own) -> {
                if (block.equals(Block.HEAD)) {
                    head.addTo(parts);
                }
                Target target = block.equals(Block.NEGATIVE) ? Target.NEGATIVE : Target.MAIN;
                own.forEach(field -> field.addTo(parts, target));
                own.forEach(field -> field.addLorasTo(parts));
            });
            feed(parts, Target.FACE, layout.face(), Field::faceFeed);
            feed(parts, Target.HAND, layout.hand(), Field::handFeed);
            Draft result = draft.plus(parts);
            for (Problem warning : warnings) {
                result = result.warn(warning);
            }
            return result;
        }

        /** An outfit of the subject's own wardrobe was asked for, and there is nobody who could wear it. */
        private void warnOfUnwornOutfit() {
            String outfit = draft.selection().outfit();
            Source subject = merged.subject();
            boolean worn = subject != null
                    && layout.places(subject.category()).stream()
                            .anyMatch(place -> place.section().wardrobe() && merged.owns(subject, place));
            if (outfit != null && !worn) {
                warnings.add(Problem.of("Outfit '%s' of the subject's own wardrobe is not worn".formatted(outfit))
                        .at(subject == null ? null : subject.key().toString())
                        .fix("choose somebody with a wardrobe, and no other asset that replaces it"));
            }
        }

        private List<FieldWords> words(BlockLines block) {
            List<FieldWords> words = new ArrayList<>();
            if (block.block().equals(Block.TRIGGERS)) {
                merged.sources().forEach(source -> triggers(source, words));
                return words;
            }
            for (Line line : block.lines()) {
                for (Source source : merged.sources()) {
                    Place place = line.byCategory().get(source.category().id());
                    if (place != null) {
                        add(source, place, words);
                    }
                }
            }
            return words;
        }

        /** The triggers of one asset, then its own fields of that block. */
        private void triggers(Source source, List<FieldWords> words) {
            boolean silent =
                    merged.isStoodInFor(source) || !choice.includes(FieldAddress.TRIGGERS, source, merged.subject());
            FieldWords triggers = silent ? null : FieldWords.triggers(source, expansion);
            if (triggers != null) {
                words.add(triggers);
            }
            for (Place place : layout.places(source.category())) {
                if (place.block().equals(Block.TRIGGERS)) {
                    add(source, place, words);
                }
            }
        }

        private void add(Source source, Place place, List<FieldWords> words) {
            FieldWords own = isWritten(source, place) ? FieldWords.of(source, place, expansion) : null;
            if (own != null) {
                words.add(own);
                if (!own.tags().isEmpty()) {
                    written.computeIfAbsent(own.address(), ignored -> new ArrayList<>())
                            .add(own);
                }
            }
        }

        private boolean isWritten(Source source, Place place) {
            Field field = place.field();
            String rival = field.unlessChosen();
            return !field.silent()
                    && merged.owns(source, place)
                    && (rival == null || !chosenCategories.contains(rival))
                    && (!field.selectable() || choice.includes(place.address(), source, merged.subject()));
        }

        private void feed(
                List<PromptPart> parts,
                Target target,
                List<FieldAddress> order,
                Function<Field, Field.@Nullable Feed> feedOf) {
            for (FieldAddress address : order) {
                for (FieldWords words : written.getOrDefault(address, List.of())) {
                    Field field = words.field();
                    Field.Feed feed = field == null ? null : feedOf.apply(field);
                    if (field != null && feed != null && feeds(words.source(), field, feed)) {
                        words.addTo(parts, target);
                    }
                }
            }
        }

        private boolean feeds(Source source, Field field, Field.Feed feed) {
            FieldAddress flag = feed.when();
            return (flag == null || source.flag(flag))
                    && field.insteadOf().stream().noneMatch(written::containsKey);
        }
    }
}
