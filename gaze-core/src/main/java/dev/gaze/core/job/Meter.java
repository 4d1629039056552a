package dev.gaze.core.job;

import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * Turns the steps of samplers into one number that never falls. A workflow with detailers samples several times; each
 * of its samplers counts alike.
 *
 * @param samplers the nodes that sample, in the order in which they work; empty when the workflow does not say
 */
record Meter(List<String> samplers) {

    static Meter of(Workflow workflow) {
        return new Meter(List.of(Role.SAMPLER, Role.FACE_DETAILER, Role.HAND_DETAILER).stream()
                .map(role -> Optional.ofNullable(workflow.roles().get(role)))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Whether a node's steps are those of a sampler. */
    boolean counts(String node) {
        return samplers.isEmpty() || samplers.contains(node);
    }

    /** 0 … 1 for a node that {@linkplain #counts counts}. */
    double progress(String node, int step, int steps) {
        double here = steps <= 0 ? 0 : Math.min(1, Math.max(0, (double) step / steps));
        return samplers.isEmpty() ? here : (samplers.indexOf(node) + here) / samplers.size();
    }
}
