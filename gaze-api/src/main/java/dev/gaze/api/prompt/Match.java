package dev.gaze.api.prompt;

/** When a tag of the positive text and a tag of the negative text count as the same one, and cancel each other. */
public enum Match {
    /**
     * By what the tag means: weights, groups, case, underscores and escaped parentheses make no difference, so that a
     * plain {@code low quality} cancels the one inside {@code (worst quality, low quality:1.4)}. The default.
     */
    TAG,
    /** By the letter: whole items between commas, as they are written. */
    EXACT
}
