package dev.gaze.llm.tag;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Makes a table of the rows of a list: numbers the tags by their count, drops what is there twice, and lays names and
 * aliases out in that order. Of rows of one name the one with the highest count stays; a name wins over an alias; of two
 * tags with one alias, the one with the higher count has it. Names and aliases are sorted together, so that all that are
 * equal stand side by side.
 */
final class Packing {
    private static final int DROPPED = -1;

    private final TagRows rows;
    private final int[] sorted;
    /** The places among the sorted texts where another text begins. */
    private final BitSet begins = new BitSet();
    /** The number of the tag that a row became, or {@link #DROPPED}. */
    private final int[] tagOf;

    private Packing(TagRows rows) {
        this.rows = rows;
        sorted = rows.sorted();
        for (int i = 0; i < sorted.length; i++) {
            begins.set(i, i == 0 || !rows.same(sorted[i - 1], sorted[i]));
        }
        begins.set(sorted.length);
        tagOf = new int[rows.count()];
    }

    static TagTable of(TagRows rows) {
        return new Packing(rows).table();
    }

    private TagTable table() {
        dropDoubles();
        int[] names = numbered();
        int tags = names.length;
        int[] counts = new int[tags];
        byte[] categories = new byte[tags];
        for (int tag = 0; tag < tags; tag++) {
            counts[tag] = rows.used(rows.row(names[tag]));
            categories[tag] = rows.category(rows.row(names[tag]));
        }
        Texts packedNames = packed(names);
        int[] byName = byName(tags);

        int[] byAlias = keptAliases();
        int[] aliases = byOwner(byAlias, names);
        Texts packedAliases = packed(aliases);
        int[] numberOf = new int[rows.texts()];
        for (int number = 0; number < aliases.length; number++) {
            numberOf[aliases[number]] = number;
        }
        int[] owners = new int[byAlias.length];
        int[] order = new int[byAlias.length];
        for (int i = 0; i < byAlias.length; i++) {
            owners[i] = owner(byAlias[i]);
            order[i] = numberOf[byAlias[i]];
        }
        return new TagTable(
                packedNames,
                counts,
                categories,
                packedAliases,
                firsts(aliases, tags),
                PrefixIndex.of(packedNames, byName, byName),
                PrefixIndex.of(packedAliases, order, owners));
    }

    private void dropDoubles() {
        for (int from = 0, to; from < sorted.length; from = to) {
            to = begins.nextSetBit(from + 1);
            int best = DROPPED;
            for (int i = from; i < to && to - from > 1; i++) {
                int row = rows.row(sorted[i]);
                if (!rows.isName(sorted[i])) {
                    continue;
                }
                if (best == DROPPED || rows.used(row) > rows.used(best)) {
                    if (best != DROPPED) {
                        tagOf[best] = DROPPED;
                    }
                    best = row;
                } else {
                    tagOf[row] = DROPPED;
                }
            }
        }
    }

    /** Numbers the tags by count, of equal ones the one that came first; returns the name of each. */
    private int[] numbered() {
        long[] keys = new long[rows.count()];
        int tags = 0;
        for (int row = 0; row < keys.length; row++) {
            if (tagOf[row] != DROPPED) {
                keys[tags++] = (long) (Integer.MAX_VALUE - rows.used(row)) << Integer.SIZE | row;
            }
        }
        Arrays.sort(keys, 0, tags);
        int[] names = new int[tags];
        for (int tag = 0; tag < tags; tag++) {
            int row = (int) keys[tag];
            tagOf[row] = tag;
            names[tag] = rows.name(row);
        }
        return names;
    }

    /** The tags in the order of their names. */
    private int[] byName(int tags) {
        int[] byName = new int[tags];
        int count = 0;
        for (int text : sorted) {
            if (rows.isName(text) && owner(text) != DROPPED) {
                byName[count++] = owner(text);
            }
        }
        return byName;
    }

    /** The aliases that count, in the order of their bytes. */
    private int[] keptAliases() {
        int[] kept = new int[rows.texts()];
        int count = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = begins.nextSetBit(from + 1);
            int best = DROPPED;
            boolean isName = false;
            for (int i = from; i < to; i++) {
                int text = sorted[i];
                isName |= rows.isName(text);
                if (owner(text) != DROPPED && (best == DROPPED || owner(text) < owner(best))) {
                    best = text;
                }
            }
            if (!isName && best != DROPPED) {
                kept[count++] = best;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The same aliases by the number of their tag; those of one tag as they came. */
    private int[] byOwner(int[] aliases, int[] names) {
        BitSet kept = new BitSet();
        for (int alias : aliases) {
            kept.set(alias);
        }
        int[] owned = new int[aliases.length];
        int count = 0;
        for (int name : names) { // the aliases of a row stand behind its name
            for (int text = kept.nextSetBit(name); text >= 0 && rows.row(text) == rows.row(name); ) {
                owned[count++] = text;
                text = kept.nextSetBit(text + 1);
            }
        }
        return owned;
    }

    /** The number of the first alias of each tag, and behind them how many aliases there are. */
    private int[] firsts(int[] owned, int tags) {
        int[] firsts = new int[tags + 1];
        for (int alias : owned) {
            firsts[owner(alias) + 1]++;
        }
        for (int tag = 0; tag < tags; tag++) {
            firsts[tag + 1] += firsts[tag];
        }
        return firsts;
    }

    private int owner(int text) {
        return tagOf[rows.row(text)];
    }

    private Texts packed(int[] texts) {
        int[] starts = new int[texts.length + 1];
        for (int i = 0; i < texts.length; i++) {
            starts[i + 1] = starts[i] + rows.end(texts[i]) - rows.begin(texts[i]);
        }
        byte[] packed = new byte[starts[texts.length]];
        for (int i = 0; i < texts.length; i++) {
            System.arraycopy(rows.bytes(), rows.begin(texts[i]), packed, starts[i], starts[i + 1] - starts[i]);
        }
        return new Texts(packed, starts);
    }
}
