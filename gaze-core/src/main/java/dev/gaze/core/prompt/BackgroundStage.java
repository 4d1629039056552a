package dev.gaze.core.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.Subject;
import java.util.List;
import java.util.Optional;

/** A plain background in the subject's colour, when the picture is made for an asset whose category asks for it (G41). */
record BackgroundStage() implements WordStage {
    static final String ID = "background";

    private static final String PLAIN = "simple background";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft, Expansion expansion) {
        Cast.Member madeFor = draft.cast().madeFor();
        if (madeFor == null || !madeFor.category().hasPlainBackground()) {
            return draft;
        }
        Optional<Cast.Member> subject = draft.cast().subject();
        String colour = subject.flatMap(member ->
                        member.category().read(Subject.class, member.asset().data()))
                .map(Subject::backgroundColour)
                .map(text -> expansion.one(text, () -> "background colour"))
                .map(text -> TagText.field(text).text())
                .filter(text -> !text.isEmpty())
                .orElse(null);
        AssetKey giver = colour == null
                ? null
                : subject.map(member -> member.asset().key()).orElse(null);
        String text = colour == null ? PLAIN : colour + " " + PLAIN;
        return draft.plus(List.of(new PromptPart(Target.MAIN, text, ID, giver, null)));
    }
}
