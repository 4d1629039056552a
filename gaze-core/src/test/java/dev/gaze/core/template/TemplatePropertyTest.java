package dev.gaze.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every template. Templates and garbage are made from a seed, which is the name of the test. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D30")
class TemplatePropertyTest {
    private static final String GARBAGE = "{}|$%_~!@#<>[]()\\:=?,.- 12ab\n";

    private final Words words = Words.none()
            .put("hue", "red", "{dark|light} blue")
            .put("size", "big", "__hue__ small")
            .put("animal", animals());

    /** Items with rules, so that one choice admits others or not. */
    private static Entry[] animals() {
        Origin list = new Origin("animal", "", null);
        return new Entry[] {
            Entry.of("cat", 1, list, new ItemRules(Set.of("cat"), Set.of("dog"), Set.of(), Set.of())),
            Entry.of("dog", 1, list, new ItemRules(Set.of("dog"), Set.of("cat"), Set.of(), Set.of())),
            Entry.of("hen", 1, list, ItemRules.NONE)
        };
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void same_template_and_seed_give_the_same_text(long seed) {
        String template = template(new Random(seed), 3);
        for (Sampling sampling : Sampling.values()) {
            TemplateRequest request =
                    TemplateRequest.of(template).seed(seed).count(5).sampling(sampling);
            assertThat(words.texts(request)).as(template).isEqualTo(words.texts(request));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatever_is_drawn_is_one_of_all_combinations(long seed) {
        String template = template(new Random(seed), 1);
        List<String> all = words.texts(
                TemplateRequest.of(template).sampling(Sampling.COMBINATORIAL).count(100_000));

        assertThat(all).as(template).doesNotHaveDuplicates();
        assertThat(new HashSet<>(all)).as(template).containsAll(words.random(template, seed, 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_limit_gives_the_beginning_of_all_combinations(long seed) {
        String template = template(new Random(seed), 2);
        TemplateRequest request = TemplateRequest.of(template).sampling(Sampling.COMBINATORIAL);
        List<String> some = words.texts(request.count(20));

        assertThat(words.texts(request.count(7))).isEqualTo(some.subList(0, Math.min(7, some.size())));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void combinations_are_those_that_are_found_by_writing_each_from_its_beginning(long seed) {
        Random random = new Random(seed);
        StringBuilder template = new StringBuilder();
        for (int parts = 2 + random.nextInt(4); parts > 0; parts--) {
            template.append(
                    random.nextBoolean()
                            ? template(random, 1)
                            : List.of(
                                            "{@i|ii|iii} ",
                                            "{~a|b}, ",
                                            ",",
                                            " ",
                                            "__none__ ",
                                            "__animal__ ",
                                            "${q=!{r|s}}",
                                            "${q} ")
                                    .get(random.nextInt(8)));
        }
        TemplateRequest request = TemplateRequest.of(template.toString())
                .seed(seed)
                .sampling(Sampling.COMBINATORIAL)
                .count(300);

        assertThat(words.texts(request)).as(template.toString()).isEqualTo(eachFromItsBeginning(request));
    }

    /** The plainest way to find all combinations. */
    private List<String> eachFromItsBeginning(TemplateRequest request) {
        Node node = TemplateParser.parse(request.template());
        Chooser chooser = new Chooser();
        Passes passes = new Passes(new Evaluation.Rules(words, Sampling.COMBINATORIAL, false), chooser);
        Set<String> texts = new LinkedHashSet<>();
        boolean more = true;
        for (int repeats = 0; more && repeats < 100_000 && texts.size() < request.count(); repeats++) {
            chooser.start(request.seed().bits() + texts.size());
            boolean isNew = texts.add(Tidy.text(passes.write(node, null)));
            chooser.end(isNew);
            more = chooser.advance();
            repeats = isNew ? 0 : repeats;
        }
        return List.copyOf(texts);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void finished_texts_are_tidy(long seed) {
        for (String text : words.random(template(new Random(seed), 3), seed, 5)) {
            assertThat(text).doesNotContain("  ", " ,", ",,", "\n").isEqualTo(text.strip());
            assertThat(text).doesNotStartWith(",").doesNotEndWith(",");
            assertThat(Tidy.text(text)).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void garbage_is_text_or_a_problem_and_never_anything_else(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            StringBuilder garbage = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                garbage.append(GARBAGE.charAt(random.nextInt(GARBAGE.length())));
            }
            try {
                TemplateRequest request = TemplateRequest.of(garbage.toString());
                assertThat(words.texts(request)).hasSize(1);
                assertThat(words.texts(request.sampling(Sampling.COMBINATORIAL).count(50)))
                        .as(garbage.toString())
                        .isNotEmpty();
            } catch (GazeException refused) {
                assertThat(refused.problems()).as(garbage.toString()).isNotEmpty();
            }
        }
    }

    private static String template(Random random, int depth) {
        StringBuilder template = new StringBuilder();
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            template.append(part(random, depth)).append(random.nextBoolean() ? ", " : " ");
        }
        return template.toString();
    }

    private static String part(Random random, int depth) {
        if (depth == 0) {
            return List.of("sea", "__hue__", "__size__", "{1-3}", "${x:none}").get(random.nextInt(5));
        }
        String inner = template(random, depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> "{" + inner + "|" + part(random, 0) + "}";
            case 1 -> "{1-2$$ & $$" + inner + "|b|c}";
            case 2 -> "${v" + depth + "=" + inner + "}${v" + depth + "}";
            case 3 -> "%{a ... b$$" + inner + "}";
            case 4 -> "{2::" + inner + "|" + part(random, 0) + "}";
            case 5 -> "${y=!" + part(random, 0) + "}${y} ${y}";
            default -> inner;
        };
    }
}
