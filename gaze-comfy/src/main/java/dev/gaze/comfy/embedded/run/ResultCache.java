package dev.gaze.comfy.embedded.run;

import dev.gaze.comfy.embedded.node.NodeResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The results of the last prompt, by signature. Used by the worker alone, but for {@link #clear}. */
final class ResultCache {
    private final Map<String, NodeResult> results = new HashMap<>();

    /** Keeps only what the new prompt can use. */
    synchronized void keepOnly(Collection<String> signatures) {
        results.keySet().retainAll(signatures);
    }

    synchronized Optional<NodeResult> get(String signature) {
        return Optional.ofNullable(results.get(signature));
    }

    synchronized void put(String signature, NodeResult result) {
        results.put(signature, result);
    }

    synchronized void clear() {
        results.clear();
    }
}
