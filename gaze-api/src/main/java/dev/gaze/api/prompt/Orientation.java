package dev.gaze.api.prompt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many people of which kind are in a picture, as {@code participants.orientation} of a character file says it (G70).
 *
 * <p>It is written as terms, each an optional count and a kind: {@code 1F}, {@code 2F1M}, {@code FFM},
 * {@code 2girls 1boy}. A count is one to three digits or {@code 6+}; without one it is 1. A kind is {@code F},
 * {@code female}, {@code girl}, {@code M}, {@code male}, {@code boy}, {@code O} or {@code other}, in any case, the words
 * also with an {@code s}. Between terms may stand blanks and one of {@code , + & /}. Counts of one kind add up.
 *
 * @param girls how many girls or women, 0 or more; everything from 6 on reads as {@code 6+}
 * @param boys how many boys or men, 0 or more
 * @param others how many others, 0 or more
 */
public record Orientation(int girls, int boys, int others) {
    /** Nobody in particular; what a blank text says. */
    public static final Orientation NONE = new Orientation(0, 0, 0);

    /** Checks the counts. */
    public Orientation {
        if (girls < 0 || boys < 0 || others < 0) {
            throw new IllegalArgumentException(
                    "Counts of people are 0 or more; got %d girls, %d boys, %d others".formatted(girls, boys, others));
        }
    }

    /**
     * Reads an orientation.
     *
     * @param text such as {@code 1F1M}; null or blank gives {@link #NONE}
     * @return who is there; at least one, unless the text is null or blank
     * @throws OrientationException when the text is none, with the offset of the first wrong character
     */
    public static Orientation parse(@Nullable String text) throws OrientationException {
        return text == null || text.isBlank() ? NONE : new OrientationReader(text).read();
    }

    /**
     * How many people there are.
     *
     * @return 0 or more
     */
    public int people() {
        return girls + boys + others;
    }

    /**
     * The Danbooru tags that say so, with the tag of the relation between several.
     *
     * @return such as {@code [2girls, multiple girls, 1boy, hetero]}; empty for {@link #NONE}
     */
    public List<String> tags() {
        return tags(true);
    }

    /**
     * The Danbooru tags that say so: girls, boys, others, then at most one relation. {@code solo} is not among them.
     *
     * @param relation whether {@code hetero}, {@code yuri} or {@code yaoi} is written where it fits; false is what
     *     {@code participants.relation: "none"} asks for
     * @return the tags in order; empty for {@link #NONE}
     */
    public List<String> tags(boolean relation) {
        List<String> tags = new ArrayList<>();
        count(girls, "girl", tags);
        count(boys, "boy", tags);
        count(others, "other", tags);
        if (relation && girls > 0 && boys > 0) {
            tags.add("hetero");
        } else if (relation && girls > 1 && others == 0) {
            tags.add("yuri");
        } else if (relation && boys > 1 && others == 0) {
            tags.add("yaoi");
        }
        return List.copyOf(tags);
    }

    private static void count(int people, String kind, List<String> tags) {
        if (people == 1) {
            tags.add("1" + kind);
        } else if (people > 1) {
            tags.add((people < 6 ? String.valueOf(people) : "6+") + kind + "s");
            tags.add("multiple " + kind + "s");
        }
    }
}
