package dev.gaze.llm.tag;

import java.util.Arrays;

/**
 * Gives the places of a range one by one, the one with the lowest number first, without looking at the whole range. The
 * lowest of a range is known from a few blocks; it cuts the range in two, and the next one is the lower of theirs. For
 * every stretch of 1, 2, 4, 8 … blocks the place of the lowest is kept, which is a quarter of an {@code int} for each
 * place in all.
 */
final class BestFirst {
    private static final int BLOCK = 32;

    private final int[] numbers;
    /** The place of the lowest of {@code 2^level} blocks, by level and first block. */
    private final int[][] lowest;

    BestFirst(int[] numbers) {
        this.numbers = numbers;
        int blocks = numbers.length / BLOCK;
        lowest = new int[Integer.SIZE - Integer.numberOfLeadingZeros(blocks)][];
        for (int level = 0; level < lowest.length; level++) {
            int[] row = new int[blocks - (1 << level) + 1];
            for (int block = 0; block < row.length; block++) {
                row[block] = level == 0
                        ? scan(block * BLOCK, (block + 1) * BLOCK)
                        : lower(lowest[level - 1][block], lowest[level - 1][block + (1 << level - 1)]);
            }
            lowest[level] = row;
        }
    }

    /** The places of a range, the one with the lowest number first. */
    Places within(int from, int to) {
        return new Places(from, to);
    }

    private int scan(int from, int to) {
        int found = from;
        for (int place = from + 1; place < to; place++) {
            found = numbers[place] < numbers[found] ? place : found;
        }
        return found;
    }

    private int lower(int one, int other) {
        return numbers[other] < numbers[one] ? other : one;
    }

    /** The place of the lowest of a range that is not empty. */
    private int lowest(int from, int to) {
        int firstBlock = (from + BLOCK - 1) / BLOCK;
        int behind = to / BLOCK;
        if (firstBlock >= behind) {
            return scan(from, to);
        }
        int level = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(behind - firstBlock);
        int found = lower(lowest[level][firstBlock], lowest[level][behind - (1 << level)]);
        if (from < firstBlock * BLOCK) {
            found = lower(scan(from, firstBlock * BLOCK), found);
        }
        return behind * BLOCK < to ? lower(found, scan(behind * BLOCK, to)) : found;
    }

    /** The places of a range. A small heap of stretches, each known by its lowest number. */
    final class Places {
        /** Of each stretch: where it begins, where it ends, and where its lowest is. */
        private int[] stretches = new int[3 * 24];

        private int stretchCount;
        private long[] heap = new long[24];
        private int size;

        private Places(int from, int to) {
            push(from, to);
        }

        /** The next place; below zero when there is none left. */
        int next() {
            if (size == 0) {
                return -1;
            }
            int stretch = 3 * (int) heap[0];
            pop();
            int place = stretches[stretch + 2];
            int to = stretches[stretch + 1];
            push(stretches[stretch], place);
            push(place + 1, to);
            return place;
        }

        private void push(int from, int to) {
            if (from >= to) {
                return;
            }
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            if (3 * stretchCount == stretches.length) {
                stretches = Arrays.copyOf(stretches, 2 * stretches.length);
            }
            int place = lowest(from, to);
            stretches[3 * stretchCount] = from;
            stretches[3 * stretchCount + 1] = to;
            stretches[3 * stretchCount + 2] = place;
            long entry = (long) numbers[place] << Integer.SIZE | stretchCount++;
            int at = size++;
            while (at > 0 && heap[at - 1 >> 1] > entry) {
                heap[at] = heap[at - 1 >> 1];
                at = at - 1 >> 1;
            }
            heap[at] = entry;
        }

        private void pop() {
            long entry = heap[--size];
            int at = 0;
            while (2 * at + 1 < size) {
                int child = 2 * at + 1;
                if (child + 1 < size && heap[child + 1] < heap[child]) {
                    child++;
                }
                if (heap[child] >= entry) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = entry;
        }
    }
}
