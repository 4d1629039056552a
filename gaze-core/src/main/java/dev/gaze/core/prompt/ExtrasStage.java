package dev.gaze.core.prompt;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Field;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.core.prompt.Layout.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of the assets that are not merged, one asset behind another: its triggers, then its fields (G25). */
record ExtrasStage(Layouts layouts) implements WordStage {
    static final String ID = "extras";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft, Expansion expansion) {
        List<Cast.Member> extras = draft.cast().members(false);
        if (extras.isEmpty()) {
            return draft;
        }
        Layout layout = layouts.of(draft.cast());
        List<PromptPart> parts = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        Set<String> chosen = new HashSet<>();
        draft.cast().members().forEach(member -> chosen.add(member.category().id()));
        for (Cast.Member extra : extras) {
            Source source = new Source(extra, null, warnings::add);
            add(FieldWords.triggers(source, expansion), Target.MAIN, parts);
            for (Place place : layout.places(extra.category())) {
                Field field = place.field();
                if (!field.silent() && (field.unlessChosen() == null || !chosen.contains(field.unlessChosen()))) {
                    boolean negative = place.block().equals(Block.NEGATIVE);
                    add(FieldWords.of(source, place, expansion), negative ? Target.NEGATIVE : Target.MAIN, parts);
                }
            }
        }
        Draft result = draft.plus(parts);
        for (Problem warning : warnings) {
            result = result.warn(warning);
        }
        return result;
    }

    private static void add(@Nullable FieldWords words, Target target, List<PromptPart> parts) {
        if (words != null) {
            words.addTo(parts, target, ID);
            words.addLorasTo(parts);
        }
    }
}
