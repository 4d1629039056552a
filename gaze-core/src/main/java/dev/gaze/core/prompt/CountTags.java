package dev.gaze.core.prompt;

import java.util.Set;

/** The tags that say how many people are in a picture. They belong in front; {@code solo} is not one of them. */
final class CountTags {
    private static final Set<String> ALL = Set.of(
            "1girl",
            "2girls",
            "3girls",
            "4girls",
            "5girls",
            "6+girls",
            "multiple girls",
            "1boy",
            "2boys",
            "3boys",
            "4boys",
            "5boys",
            "6+boys",
            "multiple boys",
            "1other",
            "2others",
            "3others",
            "4others",
            "5others",
            "6+others",
            "multiple others",
            "no humans");
    private static final int LONGEST = 24;

    private CountTags() {}

    static boolean contains(String leaf) {
        char first = leaf.charAt(0);
        boolean possible = first >= '1' && first <= '6' || first == 'm' || first == 'M' || first == 'n' || first == 'N';
        return possible && leaf.length() <= LONGEST && ALL.contains(TagKey.of(leaf));
    }
}
