package dev.gaze.core.template;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Places of a result from which the next combination may be written: everything in front of them only hangs on choices that
 * stay. One mark stands in front of a part of the outermost sequence.
 */
final class Marks {
    private int[] parts = new int[8];
    private int[] lengths = new int[8];
    private int[] choices = new int[8];
    private int[] steps = new int[8];
    private @Nullable Variables[] variables = new Variables[8];
    private int count;

    void clear() {
        count = 0;
    }

    /** Sets a mark behind all others. */
    void set(int part, int length, int choice, int step, @Nullable Variables seen) {
        if (count == parts.length) {
            parts = Arrays.copyOf(parts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            choices = Arrays.copyOf(choices, count * 2);
            steps = Arrays.copyOf(steps, count * 2);
            variables = Arrays.copyOf(variables, count * 2);
        }
        parts[count] = part;
        lengths[count] = length;
        choices[count] = choice;
        steps[count] = step;
        variables[count] = seen;
        count++;
    }

    /** Goes back to the last mark in front of a choice, and forgets those behind it; false when there is none. */
    boolean backTo(int choice) {
        while (count > 0 && choices[count - 1] > choice) {
            count--;
        }
        return count > 0;
    }

    /** The part behind the last mark. */
    int part() {
        return parts[count - 1];
    }

    /** How many characters stand in front of it. */
    int length() {
        return lengths[count - 1];
    }

    /** How many choices were made in front of it. */
    int choices() {
        return choices[count - 1];
    }

    /** How many steps were taken in front of it. */
    int steps() {
        return steps[count - 1];
    }

    /** The variables it sees. */
    @Nullable
    Variables variables() {
        return variables[count - 1];
    }
}
