package dev.gaze.core.plugin;

import java.util.Comparator;

/**
 * A plugin that has told its name.
 *
 * @param id its name
 * @param origin its class and jar
 */
record Plugin(String id, Origin origin) {
    /** The order in which plugins are read: GAZE's own first, then by id. */
    static final Comparator<Plugin> READING = Comparator.comparing((Plugin plugin) -> !plugin.own())
            .thenComparing(Plugin::id)
            .thenComparing(plugin -> plugin.origin.className())
            .thenComparing(plugin -> plugin.origin.jar());

    private static final String OUR_PACKAGES = "dev.gaze.";
    private static final String OUR_IDS = "gaze.";

    /** Whether it is part of GAZE; what others bring stands behind. */
    boolean own() {
        return id.startsWith(OUR_IDS) && ours(origin.className());
    }

    /** Whether a class of this name may be part of GAZE. Our examples have packages like ours, but other ids. */
    static boolean ours(String className) {
        return className.startsWith(OUR_PACKAGES);
    }

    /** {@code example.poses (dev.gaze.example.poses.PosesPlugin in poses-1.2.0.jar)}. */
    @Override
    public String toString() {
        return id + " (" + origin + ")";
    }
}
