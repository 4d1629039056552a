package dev.gaze.llm.tag;

import java.util.Arrays;

/**
 * Makes a table of the rows of a list: numbers the tags by their count, drops what is there twice, and lays names and
 * aliases out in that order. Of rows of one name the one with the highest count stays; a name wins over an alias; of two
 * tags with one alias, the one with the higher count has it.
 */
final class Packing {
    private static final int DROPPED = -1;

    private final TagRows rows;
    private final byte[] bytes;
    /** The number of the tag that a row became, or {@link #DROPPED}. */
    private final int[] tagOf;

    private Packing(TagRows rows) {
        this.rows = rows;
        bytes = rows.bytes();
        tagOf = new int[rows.names().count()];
    }

    static TagTable of(TagRows rows) {
        return new Packing(rows).table();
    }

    private TagTable table() {
        int[] byName = rows.names().sorted(bytes);
        int[] rowOf = number(byName);
        int tags = rowOf.length;
        int[] counts = new int[tags];
        byte[] categories = new byte[tags];
        for (int tag = 0; tag < tags; tag++) {
            counts[tag] = rows.count(rowOf[tag]);
            categories[tag] = rows.category(rowOf[tag]);
        }
        Texts names = texts(rows.names(), rowOf);
        int[] sorted = Arrays.stream(byName)
                .map(row -> tagOf[row])
                .filter(tag -> tag != DROPPED)
                .toArray();
        PrefixIndex byNames = PrefixIndex.of(names, sorted, sorted);

        int[] byAlias = keptAliases(byNames);
        int[] owned = byOwner(byAlias, tags);
        int[] firstAlias = firsts(owned, tags);
        Texts aliases = texts(rows.aliases(), owned);
        int[] numberOf = new int[rows.aliases().count()];
        for (int number = 0; number < owned.length; number++) {
            numberOf[owned[number]] = number;
        }
        int[] owners = Arrays.stream(byAlias).map(this::owner).toArray();
        int[] order = Arrays.stream(byAlias).map(alias -> numberOf[alias]).toArray();
        return new TagTable(
                names, counts, categories, aliases, firstAlias, byNames, PrefixIndex.of(aliases, order, owners));
    }

    /** Numbers the tags; returns the row of each. */
    private int[] number(int[] byName) {
        for (int i = 1, best = 0; i < byName.length; i++) {
            if (!rows.names().same(bytes, byName[best], byName[i])) {
                best = i;
            } else if (rows.count(byName[i]) > rows.count(byName[best])) {
                tagOf[byName[best]] = DROPPED;
                best = i;
            } else {
                tagOf[byName[i]] = DROPPED;
            }
        }
        int[] rowOf =
                Arrays.stream(ranked()).filter(row -> tagOf[row] != DROPPED).toArray();
        for (int tag = 0; tag < rowOf.length; tag++) {
            tagOf[rowOf[tag]] = tag;
        }
        return rowOf;
    }

    /** The rows by count, the highest first; of equal ones the one that came first. */
    private int[] ranked() {
        long[] keys = new long[tagOf.length];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = (long) (Integer.MAX_VALUE - rows.count(row)) << 32 | row;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /** The aliases that count, in the order of their bytes. */
    private int[] keptAliases(PrefixIndex byNames) {
        TagRows.Places aliases = rows.aliases();
        int[] kept = new int[aliases.count()];
        int count = 0;
        for (int alias : aliases.sorted(bytes)) {
            if (owner(alias) == DROPPED || byNames.find(bytes, aliases.begin(alias), aliases.end(alias)) >= 0) {
                continue;
            }
            if (count == 0 || !aliases.same(bytes, kept[count - 1], alias)) {
                kept[count++] = alias;
            } else if (owner(alias) < owner(kept[count - 1])) {
                kept[count - 1] = alias;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The same aliases by the number of their tag; those of one tag as they came. */
    private int[] byOwner(int[] aliases, int tags) {
        long[] keys = Arrays.stream(aliases)
                .mapToLong(alias -> (long) owner(alias) << 32 | alias)
                .sorted()
                .toArray();
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
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

    private int owner(int alias) {
        return tagOf[rows.owner(alias)];
    }

    private Texts texts(TagRows.Places places, int[] order) {
        int[] starts = new int[order.length + 1];
        for (int i = 0; i < order.length; i++) {
            starts[i + 1] = starts[i] + places.end(order[i]) - places.begin(order[i]);
        }
        byte[] packed = new byte[starts[order.length]];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(bytes, places.begin(order[i]), packed, starts[i], starts[i + 1] - starts[i]);
        }
        return new Texts(packed, starts);
    }
}
