package dev.gaze.core.prompt;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Block;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Orientation;
import dev.gaze.api.prompt.OrientationException;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The front of the main prompt: who and how many. When the subject says it, its word counts, and count tags that stand
 * elsewhere are dropped; when it does not, those are moved here, and somebody alone is assumed. When nobody is chosen,
 * nothing is assumed.
 */
final class Head {
    private static final String STRONG_SOLO = "(solo:1.2)";

    private final List<PromptPart> moved = new ArrayList<>();
    private final @Nullable AssetKey subject;
    private final boolean movesCounts;
    private final List<String> own;

    private Head(@Nullable AssetKey subject, boolean movesCounts, List<String> own) {
        this.subject = subject;
        this.movesCounts = movesCounts;
        this.own = own;
    }

    static Head ofNobody() {
        return new Head(null, true, List.of());
    }

    /**
     * The head for a subject.
     *
     * @param source the asset that can be read as a subject
     * @param warnings told when its orientation is malformed
     */
    static Head of(Source source, Consumer<Problem> warnings) {
        Subject subject = source.read(Subject.class);
        Orientation orientation = orientation(subject, source.key(), warnings);
        boolean unknown = orientation.equals(Orientation.NONE);
        List<String> own = new ArrayList<>(orientation.tags(subject.relation()));
        if (unknown) {
            own.add(STRONG_SOLO);
        } else if (orientation.people() == 1) {
            own.add(subject.soloFocus() ? STRONG_SOLO : "solo");
        } else if (subject.soloFocus()) {
            own.add("(solo focus:1.2)");
        }
        return new Head(source.key(), unknown, own);
    }

    private static Orientation orientation(Subject subject, AssetKey key, Consumer<Problem> warnings) {
        try {
            return Orientation.parse(subject.orientation());
        } catch (OrientationException malformed) {
            warnings.accept(Problem.of(String.valueOf(malformed.getMessage()))
                    .at(key.toString())
                    .fix("write it like 1F, 2F1M or 1girl 1boy"));
            return Orientation.NONE;
        }
    }

    /** The words without their count tags, which are kept for the head if it needs them. */
    FieldWords withoutCounts(FieldWords words) {
        if (!words.tags().has(CountTags::contains)) {
            return words;
        }
        if (movesCounts) {
            words.with(words.tags().keep(CountTags::contains)).addTo(moved, Target.MAIN, Block.HEAD);
        }
        return words.with(words.tags().keep(leaf -> !CountTags.contains(leaf)));
    }

    /** Adds the head to a prompt, once all words have been seen. */
    void addTo(List<PromptPart> parts) {
        parts.addAll(moved);
        if (!own.isEmpty()) {
            parts.add(new PromptPart(Target.MAIN, String.join(", ", own), Block.HEAD, subject, null));
        }
    }
}
