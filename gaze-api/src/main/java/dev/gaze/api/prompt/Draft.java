package dev.gaze.api.prompt;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.PromptPart.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A prompt on its way through the stages. Its texts follow from its parts until a stage sets finished ones. Immutable.
 *
 * @param selection what was asked for
 * @param cast the assets behind it
 * @param literals what the workflow template itself says
 * @param parts the words so far, with their origin
 * @param warnings what was passed over or replaced so far
 * @param finishedPositive the positive text, when a stage has set it; null while it follows from the parts
 * @param finishedNegative the negative text, when a stage has set it; null while it follows from the parts
 */
public record Draft(
        Selection selection,
        Cast cast,
        LiteralTexts literals,
        List<PromptPart> parts,
        List<Problem> warnings,
        @Nullable String finishedPositive,
        @Nullable String finishedNegative) {

    /** Copies the lists. */
    public Draft {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(cast, "cast");
        Objects.requireNonNull(literals, "literals");
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /**
     * An empty draft.
     *
     * @param selection what was asked for
     * @param cast the assets behind it
     * @param literals what the workflow template itself says
     * @return a draft without words
     */
    public static Draft of(Selection selection, Cast cast, LiteralTexts literals) {
        return new Draft(selection, cast, literals, List.of(), List.of(), null, null);
    }

    /**
     * With more words behind those that are there.
     *
     * @param more the words
     * @return a changed copy
     */
    public Draft plus(List<PromptPart> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<PromptPart> all = new ArrayList<>(parts);
        all.addAll(more);
        return withParts(all);
    }

    /**
     * With other words altogether.
     *
     * @param parts the words
     * @return a changed copy
     */
    public Draft withParts(List<PromptPart> parts) {
        return new Draft(selection, cast, literals, parts, warnings, finishedPositive, finishedNegative);
    }

    /**
     * With one more warning.
     *
     * @param warning what was passed over or replaced
     * @return a changed copy
     */
    public Draft warn(Problem warning) {
        List<Problem> all = new ArrayList<>(warnings);
        all.add(warning);
        return new Draft(selection, cast, literals, parts, all, finishedPositive, finishedNegative);
    }

    /**
     * With finished texts, which no longer follow from the parts.
     *
     * @param positive the text of the positive encoder
     * @param negative the text of the negative encoder
     * @return a changed copy
     */
    public Draft withTexts(String positive, String negative) {
        return new Draft(selection, cast, literals, parts, warnings, positive, negative);
    }

    /**
     * The words of one target, joined with {@code ", "}.
     *
     * @param target which
     * @return the text, empty without words
     */
    public String text(Target target) {
        StringJoiner text = new StringJoiner(", ");
        for (PromptPart part : parts) {
            if (part.target() == target) {
                text.add(part.text());
            }
        }
        return text.toString();
    }

    /**
     * The text of the positive encoder as it stands.
     *
     * @return the finished one, else what is in front of main, main, and what is behind it
     */
    public String positive() {
        if (finishedPositive != null) {
            return finishedPositive;
        }
        return List.of(text(Target.POSITIVE_BEFORE), text(Target.MAIN), text(Target.POSITIVE_AFTER)).stream()
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /**
     * The text of the negative encoder as it stands.
     *
     * @return the finished one, else the words of the negative
     */
    public String negative() {
        return finishedNegative != null ? finishedNegative : text(Target.NEGATIVE);
    }

    /**
     * The prompt this draft has become.
     *
     * @return a value without a way back
     */
    public Prompt finish() {
        return new Prompt(
                text(Target.MAIN), text(Target.FACE), text(Target.HAND), positive(), negative(), parts, warnings);
    }
}
