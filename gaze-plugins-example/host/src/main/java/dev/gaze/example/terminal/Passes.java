package dev.gaze.example.terminal;

import dev.gaze.api.job.JobEvent;

/** Counts the passes of a picture: the sampler's, then one for each detailer. A pass begins where steps count anew. */
final class Passes {
    private int pass = 1;
    private int last;

    /** The pass a step belongs to, from 1. Steps must be told in order. */
    int of(JobEvent.Progressed step) {
        if (step.step() < last) {
            pass++;
        }
        last = step.step();
        return pass;
    }
}
