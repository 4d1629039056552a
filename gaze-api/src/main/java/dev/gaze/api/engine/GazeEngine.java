package dev.gaze.api.engine;

import dev.gaze.api.Gaze;

/** Opens libraries. Found through {@link java.util.ServiceLoader}; gaze-core provides the one there is. */
public interface GazeEngine {

    /**
     * Opens a library.
     *
     * @param options where and how
     * @return the open library
     */
    Gaze open(OpenOptions options);
}
