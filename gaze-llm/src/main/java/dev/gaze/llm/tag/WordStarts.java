package dev.gaze.llm.tag;

import java.util.Arrays;

/** Finds the words within names: {@code hair} of {@code long_hair}. The first word of a name is the name's own matter. */
final class WordStarts {
    /** Of a name with more words, those behind are found as any other part of it is. */
    private static final int WORDS = 8;

    private WordStarts() {}

    static PrefixIndex of(Texts names) {
        int[] begins = new int[names.count()];
        int[] ends = new int[names.count()];
        int[] tags = new int[names.count()];
        int count = 0;
        for (int tag = 0; tag < names.count(); tag++) {
            int words = 0;
            for (int at = names.start(tag) + 1; at < names.end(tag) && words < WORDS; at++) {
                if (Texts.inWord(names.bytes()[at]) && !Texts.inWord(names.bytes()[at - 1])) {
                    if (count == begins.length) {
                        begins = Arrays.copyOf(begins, 2 * count);
                        ends = Arrays.copyOf(ends, 2 * count);
                        tags = Arrays.copyOf(tags, 2 * count);
                    }
                    begins[count] = at;
                    ends[count] = names.end(tag);
                    tags[count++] = tag;
                    words++;
                }
            }
        }
        int[] order = PlaceOrder.of(names.bytes(), begins, ends, count);
        return new PrefixIndex(names.bytes(), pick(begins, order), pick(ends, order), pick(tags, order));
    }

    private static int[] pick(int[] values, int[] order) {
        return Arrays.stream(order).map(place -> values[place]).toArray();
    }
}
