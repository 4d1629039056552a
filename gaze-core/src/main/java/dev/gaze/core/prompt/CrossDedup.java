package dev.gaze.core.prompt;

import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.Match;
import dev.gaze.api.prompt.PromptStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cancels tags that stand on both sides, pair by pair; what one side has more of keeps its last copies (G35). Always the
 * last stage (G34).
 *
 * <p>The tag is the concept, and a concept on both sides contradicts itself whatever its weight; so a plain tag also
 * cancels one inside a weighted group. There is no matching of parts of tags, aliases or plurals.
 */
record CrossDedup() implements PromptStage {
    static final String ID = "cross-dedup";

    /** Both texts after the cancelling. */
    record Texts(String positive, String negative) {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft) {
        Texts texts =
                cancel(draft.positive(), draft.negative(), draft.selection().match());
        return draft.withTexts(texts.positive, texts.negative);
    }

    static Texts cancel(String positive, String negative, Match match) {
        TagList left = TagList.parse(positive);
        TagList right = TagList.parse(negative);
        return match == Match.EXACT ? exact(left, right) : byTag(left, right);
    }

    private static Texts byTag(TagList positive, TagList negative) {
        Map<String, Integer> common = new HashMap<>();
        Map<String, Integer> onTheRight = new HashMap<>();
        negative.forEachLeaf(leaf -> onTheRight.merge(TagKey.of(leaf), 1, Integer::sum));
        positive.forEachLeaf(leaf -> pair(TagKey.of(leaf), onTheRight, common));
        if (common.isEmpty()) {
            return new Texts(positive.text(), negative.text());
        }
        Map<String, Integer> again = new HashMap<>(common);
        return new Texts(
                positive.keep(leaf -> !taken(TagKey.of(leaf), common)).text(),
                negative.keep(leaf -> !taken(TagKey.of(leaf), again)).text());
    }

    private static Texts exact(TagList positive, TagList negative) {
        Map<String, Integer> common = new HashMap<>();
        Map<String, Integer> onTheRight = new HashMap<>();
        negative.items().forEach(item -> onTheRight.merge(item.text(), 1, Integer::sum));
        positive.items().forEach(item -> pair(item.text(), onTheRight, common));
        Map<String, Integer> again = new HashMap<>(common);
        return new Texts(left(positive, common).text(), left(negative, again).text());
    }

    private static TagList left(TagList tags, Map<String, Integer> surplus) {
        List<TagList.Item> items = new ArrayList<>();
        for (TagList.Item item : tags.items()) {
            if (!taken(item.text(), surplus)) {
                items.add(item);
            }
        }
        return TagList.of(items);
    }

    /** One copy on the left meets one on the right, while there are any. */
    private static void pair(String key, Map<String, Integer> onTheRight, Map<String, Integer> common) {
        if (taken(key, onTheRight)) {
            common.merge(key, 1, Integer::sum);
        }
    }

    /** Whether there is one of {@code key} left to take, and takes it. */
    private static boolean taken(String key, Map<String, Integer> counts) {
        Integer count = counts.get(key);
        if (count == null || count == 0) {
            return false;
        }
        counts.put(key, count - 1);
        return true;
    }
}
