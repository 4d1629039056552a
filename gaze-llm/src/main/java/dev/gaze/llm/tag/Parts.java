package dev.gaze.llm.tag;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds the names that hold some bytes anywhere, the most used first. For every three bytes that stand side by side there
 * is a list of the names that hold them, so that only the names of the shortest such list are read. The lists keep
 * differences in as few bytes as they take. Different threes may share a list; the names tell them apart.
 */
final class Parts {
    private static final int LISTS = 1 << 15;
    private static final int LENGTH = 3;

    private final Texts names;
    private final int[] starts = new int[LISTS + 1];
    private final byte[] lists;

    Parts(Texts names) {
        this.names = names;
        int[] last = new int[LISTS];
        Arrays.fill(last, -1);
        each((list, tag) -> {
            if (last[list] != tag) {
                starts[list + 1] += size(tag - last[list]);
                last[list] = tag;
            }
        });
        for (int list = 0; list < LISTS; list++) {
            starts[list + 1] += starts[list];
        }
        lists = new byte[starts[LISTS]];
        int[] next = Arrays.copyOf(starts, LISTS);
        Arrays.fill(last, -1);
        each((list, tag) -> {
            if (last[list] != tag) {
                int difference = tag - last[list];
                while (difference >= 0x80) {
                    lists[next[list]++] = (byte) (difference & 0x7F | 0x80);
                    difference >>>= 7;
                }
                lists[next[list]++] = (byte) difference;
                last[list] = tag;
            }
        });
    }

    /** Is told of three bytes and the tag that holds them, by the number of tags. */
    private interface Three {
        void found(int list, int tag);
    }

    private void each(Three three) {
        for (int tag = 0; tag < names.count(); tag++) {
            for (int at = names.start(tag); at <= names.end(tag) - LENGTH; at++) {
                three.found(list(names.bytes(), at), tag);
            }
        }
    }

    private static int list(byte[] bytes, int at) {
        int three = (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
        return three * 0x9E3779B9 >>> 17;
    }

    private static int size(int difference) {
        return (38 - Integer.numberOfLeadingZeros(difference | 1)) / 7;
    }

    /**
     * Goes through the names that hold some bytes, the most used first.
     *
     * @param part at least one byte
     * @param goOn gets each tag; false ends it
     */
    void holding(byte[] part, IntPredicate goOn) {
        if (part.length < LENGTH) {
            for (int tag = 0; tag < names.count(); tag++) {
                if (names.contains(tag, part) && !goOn.test(tag)) {
                    return;
                }
            }
            return;
        }
        int shortest = list(part, 0);
        for (int at = 1; at <= part.length - LENGTH; at++) {
            int list = list(part, at);
            shortest = starts[list + 1] - starts[list] < starts[shortest + 1] - starts[shortest] ? list : shortest;
        }
        int tag = -1;
        int at = starts[shortest];
        while (at < starts[shortest + 1]) {
            int difference = 0;
            int shift = 0;
            byte b;
            do {
                b = lists[at++];
                difference |= (b & 0x7F) << shift;
                shift += 7;
            } while (b < 0);
            tag += difference;
            if (names.contains(tag, part) && !goOn.test(tag)) {
                return;
            }
        }
    }
}
