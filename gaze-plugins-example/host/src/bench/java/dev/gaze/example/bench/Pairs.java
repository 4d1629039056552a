package dev.gaze.example.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * Measures two things in turn, so that whatever else the machine does hits both alike. The order within a pair changes
 * from pair to pair.
 */
record Pairs(double[] ours, double[] reference) {

    /** Runs {@code warmUp} pairs unmeasured, then {@code count} measured ones. Both callables give milliseconds. */
    static Pairs of(int warmUp, int count, Callable<Double> ours, Callable<Double> reference) throws Exception {
        Pairs pairs = new Pairs(new double[count], new double[count]);
        for (int i = -warmUp; i < count; i++) {
            boolean oursFirst = i % 2 == 0;
            double first = (oursFirst ? ours : reference).call();
            double second = (oursFirst ? reference : ours).call();
            if (i >= 0) {
                pairs.ours[i] = oursFirst ? first : second;
                pairs.reference[i] = oursFirst ? second : first;
            }
        }
        return pairs;
    }

    /** Milliseconds {@code work} takes. */
    static double millis(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    Row atMost(String name, double target) {
        return row(name, target, false);
    }

    Row atLeast(String name, double target) {
        return row(name, target, true);
    }

    private Row row(String name, double target, boolean atLeast) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / reference[i];
        }
        return new Row(
                name,
                quantile(ours, 0.5),
                quantile(reference, 0.5),
                quantile(ratios, 0.25),
                quantile(ratios, 0.75),
                target,
                atLeast);
    }

    static double quantile(double[] values, double at) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = at * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    /** Something that may fail. */
    interface Work {
        void run() throws Exception;
    }
}
