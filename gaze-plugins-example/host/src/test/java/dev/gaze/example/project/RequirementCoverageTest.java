package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Which requirement is held by which tests. Tests name the requirements they cover in tags; this one lists them in
 * {@code target/requirements.txt} and fails when a promised one has no test.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequirementCoverageTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z]\\d+)\"\\)");

    /** Assets and their state; words; wiring; the first jobs; screens as calls; wildcards; authors and tags; presets, prompts written, history. */
    private static final String PROMISED = """
            G1 G3-G10 G36 G60 G63-G68 G71-G79 G97 G98 G108 G110 G113 G140-G142 G150 G151 G153 G155-G158
            G11 G22-G25 G34 G35 G37-G41 G47 G69 G70 G103 G161
            G12 G15-G21 G26-G33 G46 G48 G159 I20 I25 I40-I43 I75
            G2 G13 G14 G42-G45 G162 G105 G109 G123 G124 I5 I9-I11 I16 I18 D66 I85
            G80-G87 G89-G96 G99 G101 G102 G104 G107 G111 G121 G122
            D18 D29 D30 D51
            G88 G100 G130-G134
            G49-G51 G112 P18 P43-P47 P64
            P1-P13 P17 P19-P35 P37-P42 P48-P63 P66-P72 P74 P77
            """;

    @Test
    void every_promised_requirement_has_a_test() throws IOException {
        Map<String, Set<String>> covered = new TreeMap<>();
        for (Path test : tests()) {
            Matcher tag = TAG.matcher(Files.readString(test));
            while (tag.find()) {
                covered.computeIfAbsent(tag.group(1), id -> new TreeSet<>())
                        .add(test.getFileName().toString().replace(".java", ""));
            }
        }
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("requirements.txt"),
                covered.entrySet().stream()
                        .map(entry -> entry.getKey() + "  " + String.join(", ", entry.getValue()) + "\n")
                        .collect(Collectors.joining()));

        assertThat(covered.keySet()).containsAll(promised());
    }

    private static Set<String> promised() {
        return Stream.of(PROMISED.strip().split("\\s+"))
                .flatMap(RequirementCoverageTest::range)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> range(String ids) {
        String[] ends = ids.split("-");
        int first = Integer.parseInt(ends[0].substring(1));
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1].substring(1));
        return IntStream.rangeClosed(first, last).mapToObj(number -> ids.charAt(0) + "" + number);
    }

    private static Iterable<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.top())) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }
}
