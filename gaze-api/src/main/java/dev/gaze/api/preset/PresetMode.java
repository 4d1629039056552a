package dev.gaze.api.preset;

/** Which kind of presets a library offers (P7): {@code "presets": "flat"} or {@code "hierarchical"} in {@code gaze.json}. */
public enum PresetMode {
    /** Lists of names only; what asks for the hierarchy is refused. */
    FLAT,
    /** The hierarchy; the lists of names are there as well. */
    HIERARCHICAL
}
