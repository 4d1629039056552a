package dev.gaze.api.json;

/** The JSON null. A member that is null is there; a missing one is not. */
public enum JsonNull implements JsonValue {
    /** The only one. */
    NULL;

    /** {@code null}. */
    @Override
    public String toString() {
        return "null";
    }
}
