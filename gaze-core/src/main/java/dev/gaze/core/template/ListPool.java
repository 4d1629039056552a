package dev.gaze.core.template;

import java.util.Arrays;
import java.util.List;

/** A pool in memory. */
public final class ListPool implements Pool {
    private final Entry[] entries;
    private final double[] sums;
    private final boolean uniform;
    private final boolean rules;

    private ListPool(Entry[] entries) {
        this.entries = entries;
        sums = new double[entries.length];
        boolean allOne = true;
        boolean anyRule = false;
        double sum = 0;
        for (int i = 0; i < entries.length; i++) {
            sum += entries[i].weight();
            sums[i] = sum;
            allOne &= entries[i].weight() == 1;
            anyRule |= entries[i].rules() != ItemRules.NONE;
        }
        uniform = allOne;
        rules = anyRule;
    }

    /**
     * A pool of these entries.
     *
     * @param entries in order; those of weight 0 are left out
     * @return the pool
     */
    public static ListPool of(List<Entry> entries) {
        return new ListPool(entries.stream().filter(entry -> entry.weight() > 0).toArray(Entry[]::new));
    }

    @Override
    public long size() {
        return entries.length;
    }

    @Override
    public boolean uniform() {
        return uniform;
    }

    @Override
    public double total() {
        return entries.length == 0 ? 0 : sums[sums.length - 1];
    }

    @Override
    public long at(double point) {
        if (uniform) {
            return Math.min((long) point, entries.length - 1);
        }
        int found = Arrays.binarySearch(sums, point);
        int index = found >= 0 ? found + 1 : -found - 1;
        return Math.min(index, entries.length - 1);
    }

    @Override
    public double weight(long index) {
        return entries[(int) index].weight();
    }

    @Override
    public Entry entry(long index) {
        return entries[(int) index];
    }

    @Override
    public boolean hasRules() {
        return rules;
    }
}
