package dev.gaze.comfy.embedded.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sketch tells of the plan behind it.
 *
 * @param checkpoint file name of the model
 * @param loras the chain, first loaded first
 * @param positive the words asked for
 * @param negative the words asked away
 * @param seed as the sampler got it
 */
public record Scene(String checkpoint, List<Bar> loras, String positive, String negative, String seed) {
    /** Nothing known yet. */
    public static final Scene EMPTY = new Scene("", List.of(), "", "", "");

    /**
     * One LoRA of the chain.
     *
     * @param name file name
     * @param strength as set at the loader
     */
    public record Bar(String name, double strength) {}

    /** Copies the list. */
    public Scene {
        loras = List.copyOf(loras);
    }

    /** With a model. */
    public Scene on(String file) {
        return new Scene(file, loras, positive, negative, seed);
    }

    /** With one more LoRA at the end of the chain. */
    public Scene and(String file, double strength) {
        List<Bar> longer = new ArrayList<>(loras);
        longer.add(new Bar(file, strength));
        return new Scene(checkpoint, longer, positive, negative, seed);
    }

    /** With the texts and the seed of a sampler. */
    public Scene sampled(String wanted, String unwanted, String withSeed) {
        return new Scene(checkpoint, loras, wanted, unwanted, withSeed);
    }
}
