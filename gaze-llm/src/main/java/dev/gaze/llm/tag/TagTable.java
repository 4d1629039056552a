package dev.gaze.llm.tag;

import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCategories;
import java.util.ArrayList;
import java.util.List;

/**
 * All tags of a list, numbered by their count: 0 is used most. Immutable.
 *
 * @param names their names
 * @param counts how many pictures carry each
 * @param categories the number of the category of each
 * @param aliases other names, those of one tag side by side
 * @param firstAlias the first alias of each tag, and behind them the number of all
 * @param byName finds tags by the beginning of their name
 * @param byAlias finds tags by the beginning of an alias
 */
record TagTable(
        Texts names,
        int[] counts,
        byte[] categories,
        Texts aliases,
        int[] firstAlias,
        PrefixIndex byName,
        PrefixIndex byAlias) {

    int size() {
        return counts.length;
    }

    Tag tag(int tag, TagCategories scheme) {
        List<String> others = new ArrayList<>(firstAlias[tag + 1] - firstAlias[tag]);
        for (int alias = firstAlias[tag]; alias < firstAlias[tag + 1]; alias++) {
            others.add(aliases.get(alias));
        }
        int category = categories[tag];
        return new Tag(names.get(tag), category, scheme.name(category), counts[tag], others);
    }

    /** The tag an alias leads to. */
    int owner(int alias) {
        int low = 0;
        int high = size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (firstAlias[middle] <= alias) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The tag of exactly this name or alias; below zero when there is none. */
    int find(byte[] name) {
        int place = byName.find(name);
        if (place >= 0) {
            return byName.tag(place);
        }
        place = byAlias.find(name);
        return place >= 0 ? byAlias.tag(place) : -1;
    }
}
