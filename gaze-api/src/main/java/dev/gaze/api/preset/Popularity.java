package dev.gaze.api.preset;

/** How often something is chosen, as its file says. */
public enum Popularity {
    /** Shown in front of all others. */
    HIGH,
    /** Where the file says nothing. */
    MEDIUM,
    /** Rarely chosen. */
    LOW
}
