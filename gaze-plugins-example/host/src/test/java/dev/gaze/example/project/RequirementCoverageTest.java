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
            G2 G13 G14 G42-G45 G162 G105 G109 G123 G124 I5 I9-I11 I16 I18 D66 I85 G106 G114 I21 I33 I70
            I80 I81 P14 P36 P75
            G80-G87 G89-G96 G99 G101 G102 G104 G107 G111 G121 G122
            D18 D29 D30 D51
            G88 G100 G130-G134
            G49-G51 G112 P18 P43-P47 P64
            P1-P13 P17 P19-P35 P37-P42 P48-P63 P66-P72 P74 P77
            """;

    /** Running, covers, words and operations: what nobody has built, and why. */
    private static final Map<String, String> NOT_DONE = Map.ofEntries(
            Map.entry(
                    "T14",
                    "the file name on the server is GAZE's own, one folder a job; the image is filed as G42 says"),
            Map.entry(
                    "I86",
                    "several servers and progress are in; img2img and ControlNet are a workflow template's matter"),
            Map.entry("I87", "later: accounts, a cache of results, upscaling, video"),
            Map.entry("I4", "gaze.json is the settings; a host edits the file and opens the library again"),
            Map.entry("I82", "as I4: there is no call that replaces all settings"),
            Map.entry("I61", "sizes, steps and guidance are a checkpoint's defaults (G79), not the library's"),
            Map.entry(
                    "I2",
                    "folders are settings (G4, G9), but there are no sets whose folder could be one; a port is a host's"),
            Map.entry(
                    "I60",
                    "the default model is the default checkpoint (G107); there is no cache_dir, as ComfyUI loads the models"),
            Map.entry(
                    "D63",
                    "paths stay inside their folder (I80); there is no index of images that one would have to be known to"),
            Map.entry("I62", "metadata is always written: in a PNG itself, beside other formats"),
            Map.entry("I63", "training has no place here yet"),
            Map.entry("I64", "keys about hardware are ComfyUI's"),
            Map.entry("T17", "later, with training"),
            Map.entry("D21", "model roots may be shared folders; GAZE only reads them"),
            Map.entry("D4", "there is no bridge: a host calls Java"),
            Map.entry("D61", "later, with the models that GAZE would load itself; ComfyUI minds its own"),
            Map.entry("I76", "precision is ComfyUI's"),
            Map.entry("D60", "a host's: budgets of a graphics card"),
            Map.entry("D62", "a host's: switches, request rates and ports"),
            Map.entry("G143", "a host's: model roots are given to the builder or stand in gaze.json"),
            Map.entry("G152", "a host's: ports; GAZE_COMFY_URL is read"),
            Map.entry("G154", "a host's: containers"),
            Map.entry("I77", "left to hosts by the requirements themselves"),
            Map.entry("I88", "as I77"),
            Map.entry("P65", "a host's: GAZE knows no accounts"),
            Map.entry("P73", "a host's: events are streamed to Java listeners, sockets are its own"),
            Map.entry("P76", "as I77"),
            Map.entry("T16", "a host's: scripts that try a server"));

    @Test
    void what_is_not_done_is_not_promised() {
        assertThat(promised()).doesNotContainAnyElementsOf(NOT_DONE.keySet());
    }

    @Test
    void every_promised_requirement_has_a_test_and_what_is_not_done_has_none() throws IOException {
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
                                .collect(Collectors.joining())
                        + new TreeMap<>(NOT_DONE)
                                .entrySet().stream()
                                        .map(entry -> entry.getKey() + "  not done: " + entry.getValue() + "\n")
                                        .collect(Collectors.joining()));

        assertThat(covered.keySet()).containsAll(promised()).doesNotContainAnyElementsOf(NOT_DONE.keySet());
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
