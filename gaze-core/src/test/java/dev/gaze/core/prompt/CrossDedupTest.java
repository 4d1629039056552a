package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.prompt.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G34")
@Tag("G35")
class CrossDedupTest {

    @ParameterizedTest(name = "{0} | {1} gives {2} | {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', emptyValue = "", textBlock = """
            a, b | b, c | a | c
            a, a | a | a | ""
            a | a, a, a | "" | a, a
            a, b, a | a | b, a | ""
            a, a, b | a, a, b | "" | ""
            simple background, simple background, simple background | simple background, simple background | simple background | ""
            a,b | x | a, b | x
            a, , b, | b | a | ""
            "" | a | "" | a
            (solo:1.2), 1girl | solo | 1girl | ""
            solo, (solo:1.3) | solo | (solo:1.3) | ""
            ((solo)), 1girl | (solo:0.8), blurry | 1girl | blurry
            low quality, 1girl | (worst quality, low quality:1.4), text | 1girl | (worst quality:1.4), text
            worst quality, low quality | (worst quality, low quality:1.4), text | "" | text
            ((a:1.2), b:1.1) | a | (b:1.1) | ""
            (a,b), (c) | a, b, c | "" | ""
            long_hair, 1girl | long hair | 1girl | ""
            Long  Hair | long hair | "" | ""
            yuna \\(ff10\\), dress | yuna_(ff10) | dress | ""
            (yuna \\(ff10\\):1.1), x | yuna \\(ff10\\) | x | ""
            saber \\(fate\\) | saber | saber \\(fate\\) | saber
            red hair, hair | hair | red hair | ""
            :), smile | :) | smile | ""
            (a, b | b | (a | ""
            a BREAK b | a | a BREAK b | a
            """)
    void tags_on_both_sides_cancel_pair_by_pair(String positive, String negative, String left, String right) {
        assertThat(CrossDedup.cancel(positive, negative, Match.TAG)).isEqualTo(new CrossDedup.Texts(left, right));
    }

    @ParameterizedTest(name = "{0} | {1} gives {2} | {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', emptyValue = "", textBlock = """
            a, b | b | a | ""
            (a:1.2), b | a | (a:1.2), b | a
            (a:1.2), b | (a:1.2) | b | ""
            A | a | A | a
            long_hair | long hair | long_hair | long hair
            (a, b), a | a | (a, b) | ""
            a, a, a | a | a, a | ""
            """)
    void to_the_letter_only_whole_items_cancel(String positive, String negative, String left, String right) {
        assertThat(CrossDedup.cancel(positive, negative, Match.EXACT)).isEqualTo(new CrossDedup.Texts(left, right));
    }

    @Test
    void a_tag_that_looks_like_a_weight_stays_a_tag_when_its_group_loses_the_others() {
        CrossDedup.Texts once = CrossDedup.cancel("(ratio:1, a), b", "a", Match.TAG);

        assertThat(once).isEqualTo(new CrossDedup.Texts("(ratio:1,), b", ""));
        assertThat(CrossDedup.cancel(once.positive(), "ratio", Match.TAG).positive())
                .isEqualTo("(ratio:1,), b");
    }

    @Test
    void groups_nested_beyond_all_reason_are_read_without_harm() {
        String deep = "(".repeat(9_000) + "a" + ")".repeat(9_000);

        assertThat(CrossDedup.cancel(deep, "a", Match.TAG)).isEqualTo(new CrossDedup.Texts(deep, "a"));
    }

    static List<Long> seeds() {
        return IntStream.range(0, 300).mapToObj(Long::valueOf).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void cancelling_twice_is_cancelling_once(long seed) {
        RandomText random = new RandomText(seed);
        for (Match match : Match.values()) {
            CrossDedup.Texts once = CrossDedup.cancel(random.text(), random.text(), match);

            assertThat(CrossDedup.cancel(once.positive(), once.negative(), match))
                    .isEqualTo(once);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_left_stands_in_its_old_order_and_nothing_is_invented(long seed) {
        RandomText random = new RandomText(seed);
        String positive = random.text();
        String negative = random.text();

        CrossDedup.Texts left = CrossDedup.cancel(positive, negative, Match.TAG);

        assertThat(isSubsequence(leaves(left.positive()), leaves(positive))).isTrue();
        assertThat(isSubsequence(leaves(left.negative()), leaves(negative))).isTrue();
        assertThat(leaves(positive).size() - leaves(left.positive()).size())
                .isEqualTo(leaves(negative).size() - leaves(left.negative()).size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_tag_is_left_on_both_sides(long seed) {
        RandomText random = new RandomText(seed);

        CrossDedup.Texts left = CrossDedup.cancel(random.text(), random.text(), Match.TAG);

        List<String> onTheRight =
                leaves(left.negative()).stream().map(TagKey::of).toList();
        assertThat(leaves(left.positive())).noneMatch(leaf -> onTheRight.contains(TagKey.of(leaf)));
    }

    private static List<String> leaves(String text) {
        List<String> leaves = new ArrayList<>();
        TagList.parse(text).forEachLeaf(leaves::add);
        return leaves;
    }

    private static boolean isSubsequence(List<String> part, List<String> whole) {
        int found = 0;
        for (String leaf : whole) {
            found += found < part.size() && part.get(found).equals(leaf) ? 1 : 0;
        }
        return found == part.size();
    }

    /** Texts of few different pieces, so that much of them meets. */
    record RandomText(Random random) {
        private static final List<String> PIECES = List.of(
                "a",
                "b",
                "A",
                "long_hair",
                "long  hair",
                "a:1",
                ":1.2",
                "(",
                ")",
                "\\(",
                "\\)",
                ",",
                ", ",
                "\n",
                ":",
                ":1.3",
                " ",
                "^_^",
                "fate",
                "_",
                "1",
                "b,",
                "(a,",
                "b)",
                ":)",
                "[x|y]",
                "-",
                "+",
                ".5");

        RandomText(long seed) {
            this(new Random(seed));
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            return text.toString();
        }
    }
}
