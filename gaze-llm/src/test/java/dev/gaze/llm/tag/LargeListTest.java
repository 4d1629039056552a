package dev.gaze.llm.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the indexes do, they answer as one look at every name would. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G132")
class LargeListTest {

    /** Names with counts in a random order, many of them equal. */
    private record Listed(List<String> names, List<Integer> counts) {
        static Listed of(int size, Random random) {
            List<String> names = TagLists.names(size, random);
            return new Listed(
                    names, names.stream().map(name -> random.nextInt(size / 4)).toList());
        }

        TagCatalogue catalogue() {
            return TagLists.of(IntStream.range(0, names.size())
                    .mapToObj(i -> names.get(i) + ",0," + counts.get(i) + ",")
                    .toArray(String[]::new));
        }

        List<String> ranked() {
            return IntStream.range(0, names.size())
                    .boxed()
                    .sorted((a, b) -> Integer.compare(counts.get(b), counts.get(a)))
                    .map(names::get)
                    .toList();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_search_finds_what_a_look_at_every_name_finds(long seed) {
        Random random = new Random(seed);
        Listed list = Listed.of(1 + random.nextInt(8_000), random);
        TagCatalogue tags = list.catalogue();
        List<String> ranked = list.ranked();

        for (int i = 0; i < 200; i++) {
            String name = ranked.get(random.nextInt(ranked.size()));
            String prefix = name.substring(0, random.nextInt(name.length() + 1));
            int limit = 1 + random.nextInt(30);
            assertThat(TagLists.names(tags.search(TagQuery.of(prefix).limit(limit))))
                    .as(prefix)
                    .isEqualTo(ranked.stream()
                            .filter(other -> other.startsWith(prefix))
                            .limit(limit)
                            .toList());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void a_suggestion_finds_what_a_look_at_every_name_finds(long seed) {
        Random random = new Random(seed);
        Listed list = Listed.of(500 + random.nextInt(3_000), random);
        TagCatalogue tags = list.catalogue();
        List<String> ranked = list.ranked();

        for (int i = 0; i < 100; i++) {
            String name = ranked.get(random.nextInt(ranked.size()));
            int from = random.nextInt(name.length());
            String part = name.substring(from, from + 1 + random.nextInt(name.length() - from));
            List<String> expected = new ArrayList<>();
            ranked.stream().filter(other -> other.startsWith(part)).forEach(expected::add);
            ranked.stream()
                    .filter(other -> hasWord(other, part) && !expected.contains(other))
                    .toList()
                    .forEach(expected::add);
            ranked.stream()
                    .filter(other -> other.contains(part) && !expected.contains(other))
                    .toList()
                    .forEach(expected::add);
            assertThat(TagLists.names(tags.suggest(TagQuery.of(part).limit(12))))
                    .as(part)
                    .startsWith(expected.stream().limit(12).toArray(String[]::new));
        }
    }

    private static boolean hasWord(String name, String part) {
        for (int at = name.indexOf(part, 1); at > 0; at = name.indexOf(part, at + 1)) {
            if (Character.isLetterOrDigit(name.charAt(at)) && !Character.isLetterOrDigit(name.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    void every_slip_of_every_kind_leads_back_to_its_tag(long seed) {
        Random random = new Random(seed);
        List<String> names = TagLists.names(5_000, random);
        TagTable table = table(names);
        OneSlip slips = new OneSlip(table);

        for (int i = 0; i < 2_000; i++) {
            int tag = random.nextInt(names.size());
            String slip = TagLists.slip(names.get(tag), random);
            if (!slip.equals(names.get(tag))) {
                assertThat(slips.near(slip)).as(slip).contains(tag);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void what_is_found_near_is_one_slip_away(long seed) {
        Random random = new Random(seed);
        List<String> names = TagLists.names(3_000, random);
        TagTable table = table(names);
        OneSlip slips = new OneSlip(table);

        for (int i = 0; i < 300; i++) {
            String given = TagLists.slip(names.get(random.nextInt(names.size())), random);
            int[] expected = IntStream.range(0, names.size())
                    .filter(tag -> isOneSlip(names.get(tag), given))
                    .toArray();
            assertThat(slips.near(given)).as(given).isEqualTo(expected);
        }
    }

    /** By the definition: the distance of Damerau and Levenshtein is one. */
    private static boolean isOneSlip(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int change = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()] == 1;
    }

    /** A table in which the number of a tag is its place in the list. */
    private static TagTable table(List<String> names) {
        TagRows rows = new TagRows();
        for (int i = 0; i < names.size(); i++) {
            byte[] name = Texts.utf8(names.get(i));
            rows.add(name, 0, name.length, 0, names.size() - i);
        }
        return Packing.of(rows);
    }

    @Test
    void slips_in_other_scripts_and_through_aliases_are_found() {
        TagCatalogue tags = TagLists.of("pokemon,3,900,pokémon_trainers", "初音ミク,4,800,", "rain,0,1,/poke");

        assertThat(tags.validate(List.of("pokemon_trainers")).invalid().get(0).suggestions())
                .containsExactly("pokemon");
        assertThat(tags.validate(List.of("初音ミ")).invalid().get(0).suggestions()).containsExactly("初音ミク");
        assertThat(tags.validate(List.of("poke")).invalid().get(0).suggestions())
                .containsExactly("pokemon");
    }

    @Test
    void many_threads_may_ask_at_once() throws Exception {
        Random random = new Random(41);
        Listed list = Listed.of(4_000, random);
        TagCatalogue alone = list.catalogue();
        TagCatalogue shared = list.catalogue();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String name = list.names().get(random.nextInt(4_000));
                String text = i % 2 == 0 ? TagLists.slip(name, random) : name.substring(0, 1 + random.nextInt(2));
                Callable<Boolean> same = () -> shared.suggest(text).equals(alone.suggest(text))
                        && shared.validate(List.of(text)).equals(alone.validate(List.of(text)));
                answers.add(threads.submit(same));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
