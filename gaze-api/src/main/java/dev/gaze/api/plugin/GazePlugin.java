package dev.gaze.api.plugin;

import java.util.List;

/**
 * A set of extensions that come and go together. Found through {@link java.util.ServiceLoader} (list the class in
 * {@code META-INF/services/dev.gaze.api.plugin.GazePlugin}, and in {@code module-info} with {@code provides}), or
 * handed to {@code Gaze.builder().plugin(…)}.
 *
 * <p>An instance is made and asked once, while a library opens, on the thread that opens it. A plugin does no work of
 * its own: it returns data and small functions, and reads no files. If it throws, opening fails with a problem that
 * names its class and jar, together with the problems of all other plugins.
 */
public interface GazePlugin {

    /**
     * The name of this plugin, such as {@code example.poses}. {@code Gaze.builder().without(id)} leaves it out.
     *
     * @return letters, digits, {@code _}, {@code -} and {@code .}; unique among all plugins
     */
    String id();

    /**
     * What this plugin adds.
     *
     * @return the declarations; every call returns the same ones in the same order, which decides only between those
     *     that ask for no place of their own (see {@link Position#ANYWHERE})
     */
    List<Extension> extensions();
}
