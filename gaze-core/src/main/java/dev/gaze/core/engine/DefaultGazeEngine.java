package dev.gaze.core.engine;

import dev.gaze.api.Gaze;
import dev.gaze.api.engine.GazeEngine;
import dev.gaze.api.engine.OpenOptions;

/** The engine that {@code Gaze.open} finds. */
public final class DefaultGazeEngine implements GazeEngine {

    /** Made by ServiceLoader. */
    public DefaultGazeEngine() {}

    @Override
    public Gaze open(OpenOptions options) {
        CloseStack opened = new CloseStack();
        try {
            return new Opening(options, opened).open();
        } catch (RuntimeException | Error failure) {
            try {
                opened.close();
            } catch (RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }
}
