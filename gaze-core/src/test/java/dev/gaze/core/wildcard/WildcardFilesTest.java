package dev.gaze.core.wildcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.core.template.Pool;
import dev.gaze.core.template.TemplateRun;
import dev.gaze.core.template.WildcardSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are broken, change, or are too large for memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D18")
class WildcardFilesTest extends WildcardTesting {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "torn.yaml;a: [b;torn.yaml:1",
                "twice.yaml;'a: [b]\na: [c]';torn",
                "torn.json;{\"a\": [;torn.json:1",
                "list.json;\"text\";list.json",
                "tab.yaml;'a:\n\t- b';tab.yaml:2",
                "alias.yaml;a: *nobody;alias.yaml:1:4",
                "self.yaml;a: &x [*x];self.yaml:1:8",
            })
    void a_broken_file_is_a_problem_with_its_place_and_hides_no_other(String name, String content, String place) {
        file(name, content);
        file("hue.txt", "red");

        assertThat(all("__hue__")).containsExactly("red");
        assertThat(library.state().problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.where()).contains(place.equals("torn") ? "twice.yaml:2" : place));
    }

    @Test
    void yaml_that_nests_or_multiplies_without_measure_costs_little() {
        file("deep.yaml", "[".repeat(500_000));
        StringBuilder laughs = new StringBuilder("a0: &a0 {x: [lol]}\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d {x: *a%d, y: *a%d}\n".formatted(i, i, i - 1, i - 1));
        }
        file("laughs.yaml", laughs.toString());
        file("large.yaml", "a: [" + "b".repeat(8_000_001) + "]");

        assertThat(library.state().problems())
                .extracting(Problem::what)
                .anyMatch(what -> what.contains("deeper than 100 levels"))
                .anyMatch(what -> what.contains("more than 2000000 entries or 200000 lists"))
                .anyMatch(what -> what.contains("8000000"));
    }

    @Test
    void ids_that_stand_twice_and_items_without_text_are_problems() {
        file(
                "items.json",
                "{\"items\": [{\"id\": \"a\", \"text\": \"x\"}, {\"id\": \"a\", \"text\": \"y\"}, {}, [], true]}");

        assertThat(all("__items__")).containsExactly("x", "y");
        assertThat(library.state().problems()).hasSize(4).first().asString().contains("Id 'a' stands twice");
    }

    @Test
    void bytes_that_are_no_utf8_are_replaced_with_a_problem() throws IOException {
        Files.write(file("latin.txt", ""), "caf\u00e9\nt\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(all("__latin__")).containsExactly("caf\uFFFD", "t\uFFFD");
        assertThat(library.state().problems()).singleElement().asString().contains("no UTF-8");
    }

    @Test
    void an_empty_folder_and_an_empty_file_have_no_values() {
        assertThat(all("__hue__")).containsExactly("__hue__");
        file("hue.txt", "# nothing\n");
        assertThat(all("a __hue__ b")).containsExactly("a b");
    }

    @Test
    void edits_count_from_the_next_run() throws IOException {
        Path hue = file("hue.txt", "red");
        assertThat(all("__hue__")).containsExactly("red");

        Files.writeString(hue, "tan"); // same size, and most likely the same tick
        assertThat(all("__hue__")).containsExactly("tan");

        file("new/words.yaml", "sky: [blue]");
        assertThat(all("__hue__ __sky__")).containsExactly("tan blue");

        Files.delete(hue);
        assertThat(all("__hue__ __sky__")).containsExactly("__hue__ blue");
    }

    @Test
    void a_run_keeps_the_files_it_began_with() {
        file("hue.txt", "red");
        WildcardSource before = library.source();
        file("hue.txt", "blue");
        assertThat(all("__hue__")).containsExactly("blue");

        assertThat(run(TemplateRequest.of("__hue__"), before))
                .extracting(Resolution::text)
                .containsExactly("red");
    }

    @Test
    void nobody_sees_half_a_file_while_it_is_saved_over_and_over() throws Exception {
        Path hue = file("hue.txt", "red\n".repeat(1_000));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    Path fresh = folder.resolve("fresh");
                    write(fresh, (i % 2 == 0 ? "blue\n" : "green\n").repeat(1_000 + i));
                    try {
                        Files.move(fresh, hue, StandardCopyOption.ATOMIC_MOVE);
                    } catch (IOException failure) {
                        throw new IllegalStateException(failure);
                    }
                }
            });
            List<Future<Set<String>>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> {
                    Set<String> seen = new HashSet<>();
                    while (!writer.isDone()) {
                        run(TemplateRequest.of("__hue__").count(5)).forEach(result -> seen.add(result.text()));
                    }
                    return seen;
                }));
            }
            writer.get();
            for (Future<Set<String>> reader : readers) {
                assertThat(Set.of("red", "blue", "green")).containsAll(reader.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    // Files too large for memory -------------------------------------------------------------------------------------

    @Test
    void a_large_text_file_gives_every_entry_by_its_number() {
        StringBuilder lines = new StringBuilder("\uFEFF# numbers\n");
        for (int i = 0; i < 200_000; i++) {
            lines.append(i % 7 == 0 ? "\n  # between\n" : "")
                    .append("  entry ")
                    .append(i)
                    .append(" \r\n");
        }
        file("large.txt", lines.toString());
        Pool pool = library.source().find("large", dev.gaze.core.template.Origin.TEMPLATE);

        assertThat(pool).isInstanceOf(LinePool.class);
        assertThat(pool.size()).isEqualTo(200_000);
        assertThat(pool.uniform()).isTrue();
        LongStream.of(0, 1, 777, 99_999, 123_456, 199_999)
                .forEach(i -> assertThat(pool.entry(i).text()).isEqualTo("entry " + i));
        assertThat(run(TemplateRequest.of("__large__ {2$$__large__}").count(50)))
                .allSatisfy(result -> assertThat(result.text()).matches("entry \\d+ entry \\d+, entry \\d+"));
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_line_index_and_the_reader_of_lines_agree_on_every_file(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> parts = List.of(
                "red",
                "2::navy",
                "0::none",
                ".5::grey",
                "2:",
                "12::",
                "1girl",
                "1.2.3::x",
                "#no",
                " # no",
                "\u3000",
                "\u3000#no",
                "\u2003tea",
                "\u00a0",
                "\u30e6\u30ca",
                "\t",
                "\u001c",
                "\u0001",
                "\u000b",
                "\r",
                "",
                "\u3000\u3000 2::x",
                "x".repeat(3_000),
                "y".repeat(70_000),
                "999999999999999::big",
                "\u1680",
                "9::" + "z".repeat(100));
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        for (int i = 0; i < 3_000; i++) {
            text.append(parts.get(random.nextInt(100) == 0 ? random.nextInt(parts.size()) : random.nextInt(21)))
                    .append('\n');
        }
        if (random.nextBoolean()) {
            text.append("last");
        }
        Path file = file("large.txt", text.toString());
        byte[] bytes = Files.readAllBytes(file);
        List<Weighted> expected = new ArrayList<>();
        TextEntries.read(bytes, TextEntries.byteOrderMark(bytes, bytes.length), bytes.length, expected::add);

        LinePool pool = new LinePool(file, dev.gaze.core.template.Origin.TEMPLATE);
        assertThat(pool.size()).isEqualTo(expected.size());
        double sum = 0;
        for (int i = 0; i < expected.size(); i++) {
            if (random.nextInt(20) == 0 || i == expected.size() - 1) {
                assertThat(pool.entry(i).text())
                        .as("entry " + i)
                        .isEqualTo(expected.get(i).text());
                assertThat(pool.weight(i)).isEqualTo(expected.get(i).weight());
                if (expected.get(i).weight() < 1e9 && sum < 1e9) {
                    assertThat(pool.at(sum + expected.get(i).weight() / 2)).isEqualTo(i);
                }
            }
            sum += expected.get(i).weight();
        }
    }

    @Test
    void lines_beyond_a_megabyte_are_no_entries_and_a_problem() throws IOException {
        Path file = file(
                "large.txt",
                "a\n" + "x".repeat(1_100_000) + "\nb\n" + "y".repeat(5_000_000) + "\nc\n" + "z".repeat(3_000_000));
        Files.setLastModifiedTime(file, FileTime.from(time.now().minusSeconds(60)));

        assertThat(all("__large__")).containsExactly("a", "b", "c");
        assertThat(library.state().problems())
                .singleElement()
                .asString()
                .contains("3 lines are longer than 1048576 bytes", "large.txt");
    }

    @Test
    void a_large_file_that_changes_during_a_run_gives_whole_lines_of_what_is_there() {
        Path file = file("large.txt", "first line\n".repeat(200_000));
        TemplateRun run = new TemplateRun(TemplateRequest.of("__large__").count(20), library.source());
        assertThat(run.next()).extracting(Resolution::text).isEqualTo("first line");

        write(file, "another one\n".repeat(150_000));
        for (int i = 1; i < 20; i++) {
            assertThat(run.next()).extracting(Resolution::text).isEqualTo("another one");
        }
    }

    @Test
    void leaving_values_out_of_a_list_too_large_for_memory_is_refused() {
        file("large.txt", "a line\n".repeat(200_000));

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> all("<wc:large,not=a line>"))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(GazeException.Kind.REFUSED));
    }

    @Test
    void all_entries_of_a_large_file_come_in_order() {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 120_000)
                .forEach(i -> lines.append("entry ").append(i).append('\n'));
        file("large.txt", lines.toString());

        assertThat(run(TemplateRequest.of("__large__")
                        .sampling(Sampling.COMBINATORIAL)
                        .count(20_000)))
                .extracting(Resolution::text)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20_000).mapToObj(i -> "entry " + i).toList());
    }

    @Test
    void a_large_file_that_goes_away_during_a_run_is_an_error_that_names_it() throws IOException {
        Path file = file("large.txt", "first line\n".repeat(200_000));
        TemplateRun run = new TemplateRun(TemplateRequest.of("__large__").count(2), library.source());
        run.next();
        Files.delete(file);

        assertThatExceptionOfType(GazeException.class).isThrownBy(run::next).withMessageContaining("large.txt");
    }
}
