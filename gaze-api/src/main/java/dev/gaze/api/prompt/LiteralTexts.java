package dev.gaze.api.prompt;

import java.util.Objects;

/**
 * What a workflow template itself says in its text nodes. Composition takes it in, so that a preview shows what is sent.
 *
 * @param positive the text of the positive encoder; where it holds {@link #POSITIVE_PLACEHOLDER}, the words go there,
 *     otherwise they replace it
 * @param negative the text of the negative encoder, added behind the other negatives
 * @param face the text of the face encoder, with {@link #FACE_PLACEHOLDER}
 * @param hand the text of the hand encoder, with {@link #HAND_PLACEHOLDER}
 */
public record LiteralTexts(String positive, String negative, String face, String hand) {
    /** Stands for the main words in a template. */
    public static final String POSITIVE_PLACEHOLDER = "{{POSITIVE_PROMPT}}";
    /** Stands for the face words in a template. */
    public static final String FACE_PLACEHOLDER = "{{FACE_PROMPT}}";
    /** Stands for the hand words in a template. */
    public static final String HAND_PLACEHOLDER = "{{HAND_PROMPT}}";

    /** A template that says nothing itself. */
    public static final LiteralTexts NONE =
            new LiteralTexts(POSITIVE_PLACEHOLDER, "", FACE_PLACEHOLDER, HAND_PLACEHOLDER);

    /** Checks that nothing is null. */
    public LiteralTexts {
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
        Objects.requireNonNull(face, "face");
        Objects.requireNonNull(hand, "hand");
    }
}
