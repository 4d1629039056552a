package dev.gaze.core.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import java.util.ArrayList;
import java.util.List;

/** The base texts of the checkpoint: around everything positive, and in front of everything negative. */
public record BaseStage() implements WordStage {
    /** The name of this stage, and of the block of its words. */
    public static final String ID = "base";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft, Expansion expansion) {
        return ChosenCheckpoint.in(draft.cast())
                .map(checkpoint -> around(draft, checkpoint.settings(), checkpoint.key(), expansion))
                .orElse(draft);
    }

    private static Draft around(Draft draft, CheckpointSettings settings, AssetKey key, Expansion expansion) {
        Target place = settings.baseBehind() ? Target.POSITIVE_AFTER : Target.POSITIVE_BEFORE;
        List<PromptPart> parts = new ArrayList<>();
        TypedText.of(settings.baseNegative(), expansion, () -> key + " base_negative")
                .addTo(parts, Target.NEGATIVE, ID, key);
        TypedText positive = TypedText.of(settings.basePositive(), expansion, () -> key + " base_positive");
        if (settings.baseBehind()) {
            parts.addAll(draft.parts());
            positive.addTo(parts, place, ID, key);
        } else {
            positive.addTo(parts, place, ID, key);
            parts.addAll(draft.parts());
        }
        return draft.withParts(parts);
    }
}
