package dev.gaze.api.template;

/** How a template's choices are made. A choice marked {@code ~}, {@code !} or {@code @} keeps its own way in any other. */
public enum Sampling {
    /** Drawn by weight ({@code ~}). The default: every result from a seed of its own. */
    RANDOM,
    /** Every distinct result in order, the leftmost choice varying slowest; weights make no difference ({@code !}). */
    COMBINATORIAL,
    /** The options in turn ({@code @}): each choice counts its own uses over the whole run. */
    CYCLICAL
}
