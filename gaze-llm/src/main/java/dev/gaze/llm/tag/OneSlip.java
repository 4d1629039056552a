package dev.gaze.llm.tag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the tags whose name or alias is one slip away from a text: a character too many, too few, wrong, or two
 * neighbours swapped.
 *
 * <p>Every text that one slip could have made is looked up in a hash table, some 2,400 for a text of 18 characters. Their
 * hashes follow from those of the beginnings and the ends of the given text by one multiplication each, so that no text is
 * ever put together. The table holds nothing but the number of a text and some bits of its hash. An index of deletions
 * would ask less often, but holds each text as many times as it has characters.
 */
final class OneSlip {
    private static final int PRIME = 0x01000193;
    /** Tags are written with few characters; what is rarer than these is seldom the slip. */
    private static final int CHARACTERS = 64;
    /** How many bits there are for each slot. */
    private static final int BITS = 4;

    private final TagTable table;
    private final int[] slots;
    /** One bit for every hash that is there. It fits into a near cache, and most questions end here. */
    private final long[] there;

    private final int numberBits;
    private final Alphabet alphabet;

    /** The characters slips are made of, as hash and power of their bytes. */
    private record Alphabet(int[] hashes, int[] powers) {}

    OneSlip(TagTable table) {
        this.table = table;
        int texts = table.names().count() + table.aliases().count();
        numberBits = Integer.SIZE - Integer.numberOfLeadingZeros(texts);
        slots = new int[Integer.highestOneBit(Math.max(texts, 1)) * 4];
        there = new long[(slots.length * BITS + Long.SIZE - 1) / Long.SIZE];
        for (int text = 0; text < texts; text++) {
            put(text);
        }
        alphabet = alphabet(table);
    }

    private void put(int text) {
        Texts of = textsOf(text);
        int at = within(text);
        if (of == table.aliases() && of.bytes()[of.start(at)] == '/') {
            return; // a shortcut is no word one could misspell
        }
        int hash = 0;
        for (int i = of.start(at); i < of.end(at); i++) {
            hash = hash * PRIME + (of.bytes()[i] & 0xFF);
        }
        int mixed = mix(hash);
        int bit = bit(mixed);
        there[bit >> 6] |= 1L << bit;
        int slot = mixed & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = mark(mixed) | text + 1;
    }

    private Texts textsOf(int text) {
        return text < table.names().count() ? table.names() : table.aliases();
    }

    private int within(int text) {
        int names = table.names().count();
        return text < names ? text : text - names;
    }

    private static int mix(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }

    private boolean mayBeThere(int mixed) {
        int bit = bit(mixed);
        return (there[bit >> 6] & 1L << bit) != 0;
    }

    private int bit(int mixed) {
        return mixed >>> 5 & slots.length * BITS - 1;
    }

    /** The bits of a hash that stand beside the number of a text. */
    private int mark(int mixed) {
        return numberBits == 0 ? 0 : mixed & -1 << numberBits;
    }

    private static Alphabet alphabet(TagTable table) {
        int[] uses = new int[Character.MAX_VALUE + 1];
        for (Texts texts : List.of(table.names(), table.aliases())) {
            new String(texts.bytes(), StandardCharsets.UTF_8).chars().forEach(c -> uses[c]++);
        }
        List<Character> found = new ArrayList<>();
        for (char c = 1; c < Character.MIN_SURROGATE; c++) {
            if (uses[c] > 0) {
                found.add(c);
            }
        }
        found.sort((a, b) -> Integer.compare(uses[b], uses[a]));
        int count = Math.min(CHARACTERS, found.size());
        Alphabet alphabet = new Alphabet(new int[count], new int[count]);
        for (int i = 0; i < count; i++) {
            byte[] bytes = Texts.utf8(found.get(i).toString());
            alphabet.hashes[i] = hash(bytes);
            alphabet.powers[i] = power(bytes.length);
        }
        return alphabet;
    }

    private static int hash(byte[] bytes) {
        int hash = 0;
        for (byte b : bytes) {
            hash = hash * PRIME + (b & 0xFF);
        }
        return hash;
    }

    private static int power(int length) {
        int power = 1;
        for (int i = 0; i < length; i++) {
            power *= PRIME;
        }
        return power;
    }

    /** The tags one slip away, the most used first. */
    int[] near(String given) {
        return new Search(given).run();
    }

    /** One question: the hashes of all beginnings and ends of a text. */
    private final class Search {
        private final byte[][] characters;
        private final int[] heads;
        private final int[] tails;
        private final int[] tailPowers;
        private final byte[] whole;
        private final TreeSet<Integer> found = new TreeSet<>();

        Search(String given) {
            characters = given.codePoints()
                    .mapToObj(c -> Texts.utf8(Character.toString(c)))
                    .toArray(byte[][]::new);
            whole = Texts.utf8(given);
            int length = characters.length;
            heads = new int[length + 1];
            tails = new int[length + 1];
            tailPowers = new int[length + 1];
            for (int i = 0; i < length; i++) {
                heads[i + 1] = heads[i] * power(characters[i].length) + hash(characters[i]);
            }
            tailPowers[length] = 1;
            for (int i = length - 1; i >= 0; i--) {
                tails[i] = hash(characters[i]) * tailPowers[i + 1] + tails[i + 1];
                tailPowers[i] = tailPowers[i + 1] * power(characters[i].length);
            }
        }

        int[] run() {
            int length = characters.length;
            for (int i = 0; i <= length; i++) {
                if (i < length) {
                    look(heads[i] * tailPowers[i + 1] + tails[i + 1]);
                    with(i, i + 1);
                }
                if (i + 1 < length) {
                    int swapped = heads[i] * power(characters[i + 1].length) + hash(characters[i + 1]);
                    swapped = swapped * power(characters[i].length) + hash(characters[i]);
                    look(swapped * tailPowers[i + 2] + tails[i + 2]);
                }
                with(i, i);
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }

        /** Every character between the first {@code head} ones and those from {@code tail} on. */
        private void with(int head, int tail) {
            int[] hashes = alphabet.hashes;
            int[] powers = alphabet.powers;
            int before = heads[head];
            int power = tailPowers[tail];
            int rest = tails[tail];
            for (int c = 0; c < hashes.length; c++) {
                int hash = (before * powers[c] + hashes[c]) * power + rest;
                if (mayBeThere(mix(hash))) {
                    look(hash);
                }
            }
        }

        private void look(int hash) {
            int mixed = mix(hash);
            int slot = mixed & slots.length - 1;
            int entry = slots[slot];
            while (entry != 0) {
                if ((entry & -1 << numberBits) == mark(mixed)) {
                    take((entry & ~(-1 << numberBits)) - 1);
                }
                slot = slot + 1 & slots.length - 1;
                entry = slots[slot];
            }
        }

        /** The hash agrees; whether the text does, the text tells. */
        private void take(int text) {
            Texts of = textsOf(text);
            int at = within(text);
            int tag = of == table.names() ? text : table.owner(at);
            if (!found.contains(tag) && isNear(Arrays.copyOfRange(of.bytes(), of.start(at), of.end(at)))) {
                found.add(tag);
            }
        }

        private boolean isNear(byte[] text) {
            String other = new String(text, StandardCharsets.UTF_8);
            int[] a = other.codePoints().toArray();
            int[] b = new String(whole, StandardCharsets.UTF_8).codePoints().toArray();
            int same = Arrays.mismatch(a, b);
            if (same < 0) {
                return false;
            }
            int aEnd = a.length;
            int bEnd = b.length;
            while (aEnd > same && bEnd > same && a[aEnd - 1] == b[bEnd - 1]) {
                aEnd--;
                bEnd--;
            }
            boolean swapped = aEnd - same == 2 && bEnd - same == 2 && a[same] == b[same + 1] && a[same + 1] == b[same];
            return swapped || aEnd - same <= 1 && bEnd - same <= 1;
        }
    }
}
