package dev.gaze.comfy.embedded.run;

import java.util.Collection;
import java.util.Set;

/**
 * What the server holds in its memory: one main model, and the LoRAs of the last prompt. Used by the worker, but for
 * {@link #clear}.
 */
final class HeldModels {
    private String main = "";
    private Set<String> loras = Set.of();

    /** Takes the place of the main model; false when it was held already. */
    synchronized boolean swap(String file) {
        boolean other = !main.equals(file);
        main = file;
        return other;
    }

    synchronized boolean holdsLora(String file) {
        return loras.contains(file);
    }

    /** A prompt with these LoRAs has run. */
    synchronized void keepLoras(Collection<String> files) {
        loras = Set.copyOf(files);
    }

    synchronized void clear() {
        main = "";
        loras = Set.of();
    }
}
