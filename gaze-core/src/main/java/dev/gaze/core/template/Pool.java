package dev.gaze.core.template;

/** What there is to choose from, in order. Options of weight 0 are not in it. */
public interface Pool {

    /** How many there are. */
    long size();

    /** Whether all weigh 1. */
    boolean uniform();

    /** The sum of the weights. */
    double total();

    /** The index at which the running sum of the weights passes {@code point}, which lies from 0 up to the total. */
    long at(double point);

    /** The weight of one. */
    double weight(long index);

    /** One of them. */
    Entry entry(long index);

    /** Whether any of them is only admitted beside certain tags. */
    default boolean hasRules() {
        return false;
    }
}
