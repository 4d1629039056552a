package dev.gaze.core.template;

import dev.gaze.api.template.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Decides what is chosen: by draws, in turn, or as the next combination. Keeps what a run has to remember for that. */
final class Chooser {
    private final SplitMix random = new SplitMix();
    private final Odometer odometer = new Odometer();
    private final Map<Object, long[]> uses = new IdentityHashMap<>();
    private final List<long[]> usedNow = new ArrayList<>();
    private boolean onlyCombined;

    /** Starts a result. */
    void start(long seed) {
        random.seed(seed);
        odometer.rewind(0);
        onlyCombined = true;
    }

    /** Starts where the choices of the last result are kept. */
    void keep(int choices) {
        odometer.rewind(choices);
    }

    /** Whether nothing was drawn or taken in turn for this result so far. */
    boolean onlyCombined() {
        return onlyCombined;
    }

    /** How many choices were combined for this result so far. */
    int choices() {
        return odometer.choices();
    }

    /** The choice that {@link #advance} moved; those in front of it stay. */
    int moved() {
        return odometer.moved();
    }

    /** Ends a result. One that is not given out leaves the turns as they were. */
    void end(boolean given) {
        if (!given) {
            for (long[] count : usedNow) {
                count[0]--;
            }
        }
        usedNow.clear();
    }

    /** Moves on to the next combination; false after the last. */
    boolean advance() {
        return odometer.advance();
    }

    /** One of a pool that is not empty. */
    long one(Pool pool, Sampling how, Object node) {
        long size = pool.size();
        return switch (how) {
            case RANDOM -> size == 1 ? 0 : pool.at(below(pool.total()));
            case COMBINATORIAL -> size == 1 ? 0 : odometer.choose(size);
            case CYCLICAL -> turn(node) % size;
        };
    }

    /** A number from {@code least} to {@code most}. */
    long count(long least, long most, Sampling how, Object node) {
        long numbers = most - least + 1;
        if (numbers == 1) {
            return least;
        }
        return least
                + switch (how) {
                    case RANDOM -> Math.min((long) below(numbers), numbers - 1);
                    case COMBINATORIAL -> odometer.choose(numbers);
                    case CYCLICAL -> turn(node) % numbers;
                };
    }

    /** Several of a pool, one after another, none twice. */
    Several several(Pool pool, Sampling how, Object node) {
        return new Several(pool, how, how == Sampling.CYCLICAL ? turn(node) : 0);
    }

    private double below(double total) {
        onlyCombined = false;
        return random.below(total);
    }

    private long turn(Object node) {
        onlyCombined = false;
        long[] count = uses.computeIfAbsent(node, ignored -> new long[1]);
        usedNow.add(count);
        return count[0]++;
    }

    /** A pool that gets smaller with every choice. */
    final class Several {
        private final Pool pool;
        private final Sampling how;
        private final long first;
        private final boolean weighted;
        private long[] taken = new long[16]; // ascending
        private double[] weights = new double[16]; // of those taken; asked for once, since large lists are files
        private int count;

        private Several(Pool pool, Sampling how, long first) {
            this.pool = pool;
            this.how = how;
            this.first = first;
            weighted = how == Sampling.RANDOM && !pool.uniform();
        }

        boolean isEmpty() {
            return count == pool.size();
        }

        long next() {
            long left = pool.size() - count;
            long index = switch (how) {
                case RANDOM ->
                    left == 1 ? leftOver(0) : weighted ? weighted() : leftOver(Math.min((long) below(left), left - 1));
                case COMBINATORIAL -> left == 1 ? leftOver(0) : leftOver(odometer.choose(left));
                case CYCLICAL -> (first + count) % pool.size();
            };
            take(index);
            return index;
        }

        /** The n-th of those that are left: behind as many of those taken as have no more than n in front of them. */
        private long leftOver(long n) {
            int low = 0;
            int high = count;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (taken[middle] - middle <= n) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return n + low;
        }

        /** A draw against the running sum of the weights that are left. */
        private long weighted() {
            double gone = 0;
            for (int i = 0; i < count; i++) {
                gone += weights[i];
            }
            double point = below(Math.max(0, pool.total() - gone));
            // Those taken leave gaps in the running sum; the point moves behind every gap in front of it.
            long here = at(point);
            for (int i = 0; i < count; i++) {
                if (here < taken[i]) { // looked up again only now: a point that moves on does not come back
                    here = at(point);
                }
                if (here < taken[i]) {
                    break;
                }
                point += weights[i];
            }
            long index = Math.min(pool.at(point), pool.size() - 1);
            while (Arrays.binarySearch(taken, 0, count, index) >= 0) { // only where sums are rounded
                index = (index + 1) % pool.size();
            }
            return index;
        }

        private long at(double point) {
            return pool.at(Math.min(point, pool.total()));
        }

        private void take(long index) {
            if (count == taken.length) {
                taken = Arrays.copyOf(taken, 2 * count);
                weights = Arrays.copyOf(weights, 2 * count);
            }
            int place = -Arrays.binarySearch(taken, 0, count, index) - 1;
            System.arraycopy(taken, place, taken, place + 1, count - place);
            System.arraycopy(weights, place, weights, place + 1, count - place);
            taken[place] = index;
            weights[place] = weighted ? pool.weight(index) : 1;
            count++;
        }
    }
}
