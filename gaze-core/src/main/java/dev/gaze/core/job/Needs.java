package dev.gaze.core.job;

import dev.gaze.api.plan.CheckpointSettings;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a server has to load for a job. */
final class Needs {
    private Needs() {}

    /** The checkpoint; null for the template's own. */
    static @Nullable String checkpoint(Prepared prepared) {
        CheckpointSettings checkpoint = prepared.plan().checkpoint();
        return checkpoint == null ? null : checkpoint.path();
    }

    static Set<String> loras(Prepared prepared) {
        return prepared.plan().loras().stream().map(lora -> lora.lora().file()).collect(Collectors.toUnmodifiableSet());
    }
}
