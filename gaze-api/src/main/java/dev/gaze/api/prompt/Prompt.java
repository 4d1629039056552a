package dev.gaze.api.prompt;

import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The finished words of a picture.
 *
 * @param main the words about the whole picture: merged words, extras, additions, background
 * @param face the words of the face detailer; blank means that {@code main} is sent instead
 * @param hand the words of the hand detailer; blank means that {@code main} is sent instead
 * @param positive the finished text of the positive encoder: main with base and template texts, after cross-dedup
 * @param negative the finished text of the negative encoder, after cross-dedup
 * @param parts who gave which words, in the order of the texts, before cross-dedup took any away
 * @param warnings what was passed over or replaced on the way
 */
public record Prompt(
        String main,
        String face,
        String hand,
        String positive,
        String negative,
        List<PromptPart> parts,
        List<Problem> warnings) {

    /** Copies the lists. */
    public Prompt {
        Objects.requireNonNull(main, "main");
        Objects.requireNonNull(face, "face");
        Objects.requireNonNull(hand, "hand");
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /**
     * What the face detailer is sent.
     *
     * @return {@link #face}, or {@link #main} when it is blank
     */
    public String faceSent() {
        return face.isBlank() ? main : face;
    }

    /**
     * What the hand detailer is sent.
     *
     * @return {@link #hand}, or {@link #main} when it is blank
     */
    public String handSent() {
        return hand.isBlank() ? main : hand;
    }

    /** The texts, then every part with its origin, then the warnings. */
    @Override
    public String toString() {
        return "positive  " + positive + "\nnegative  " + negative + "\nface      " + faceSent() + "\nhand      "
                + handSent()
                + parts.stream().map(part -> "\n  " + part).collect(Collectors.joining())
                + warnings.stream().map(warning -> "\nwarning: " + warning).collect(Collectors.joining());
    }
}
