package dev.gaze.api.backend;

import java.util.Objects;

/**
 * A file that a run made.
 *
 * @param node the id of the node that made it
 * @param kind ComfyUI's name of the output list: {@code images}, {@code gifs}, {@code audio} …
 * @param filename its name on the server
 * @param subfolder its folder on the server; may be blank
 * @param type {@code output}, {@code temp} or {@code input}
 * @param source gives its bytes
 */
public record RenderOutput(String node, String kind, String filename, String subfolder, String type, Source source) {

    /** Fetches the bytes of an output. */
    @FunctionalInterface
    public interface Source {
        /**
         * Fetches the bytes; may be called again.
         *
         * @return the whole file, within the size limit
         * @throws dev.gaze.api.problem.GazeException when the server is away, or the file is gone, cut short or too
         *     large
         */
        byte[] read();
    }

    /** Checks that nothing is missing. */
    public RenderOutput {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(filename, "filename");
        Objects.requireNonNull(subfolder, "subfolder");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(source, "source");
    }

    /**
     * Whether this is a kept result rather than a temporary preview.
     *
     * @return true for the type {@code output}
     */
    public boolean kept() {
        return type.equals("output");
    }

    /** {@code 9: gaze/2026-11-20/ab12/img_00001_.png (output)}. */
    @Override
    public String toString() {
        return node + ": " + (subfolder.isEmpty() ? "" : subfolder + "/") + filename + " (" + type + ")";
    }
}
