package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.template.Resolutions;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The figures about templates and wildcards, taken through {@code gaze.wildcards()}. */
final class WildcardRows {
    private static final int RANDOM = 20_000;
    private static final int ALL = 100_000;
    private static final int TEN = 10;
    private static final int LINES = 20;
    private static final int HUES = 50;
    private static final long GIGABYTE = 1 << 30;
    private static final double MOST_HEAP = 64;

    private final Path library;
    private final Consumer<Row> rows;
    private long written;

    WildcardRows(Path work, Consumer<Row> rows) {
        library = work.resolve("wildcards");
        this.rows = rows;
    }

    void measure() throws Exception {
        String[] hues = words("hue", HUES);
        String[] hair = words("hair", LINES);
        String[] looks = words("look", LINES);
        wildcard("hue", hues);
        wildcard("hair", words("{long|short|wavy} __hue__ hair", LINES));
        wildcard("look", words("__hair__ and {bright|dark|grey} eyes look", LINES));
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            random(gaze, hues, hair, looks);
            combinatorial(gaze);
        }
        gigabyte();
        if (written < 0) {
            throw new IllegalStateException("Nothing was written"); // keeps the references from being optimised away
        }
    }

    private static String[] words(String stem, int count) {
        String[] words = new String[count];
        for (int i = 0; i < count; i++) {
            words[i] = stem + i;
        }
        return words;
    }

    private void wildcard(String name, String[] lines) throws Exception {
        Path folder = Files.createDirectories(library.resolve("wildcards"));
        Files.write(folder.resolve(name + ".txt"), List.of(lines));
    }

    /** Eleven draws a result on both sides: ours three files deep, the reference from flat lists. */
    private void random(Gaze gaze, String[] hues, String[] hair, String[] looks) throws Exception {
        TemplateRequest request = TemplateRequest.of("__look__, __look__ on a {red|blue|green} sofa")
                .count(RANDOM);
        String[] lengths = {"long", "short", "wavy"};
        String[] eyes = {"bright", "dark", "grey"};
        String[] sofas = {"red", "blue", "green"};
        String[][] lists = {lengths, hues, hair, eyes, looks, lengths, hues, hair, eyes, looks, sofas};
        String[] behind = {" ", " ", " and ", " eyes ", ", ", " ", " ", " and ", " eyes ", " on a ", " sofa"};
        rows.accept(Pairs.of(
                        40,
                        25,
                        () -> Pairs.millis(() -> written += resolve(gaze, request, RANDOM)),
                        () -> Pairs.millis(() -> written += fill(lists, behind)))
                .atMost("20,000 random texts, nested 3 deep / draws from flat lists", 4.0));
    }

    private static int resolve(Gaze gaze, TemplateRequest request, int expected) {
        Resolutions made = gaze.wildcards().resolve(request);
        if (made.items().size() != expected) {
            throw new IllegalStateException(
                    "Expected " + expected + " results, but " + made.items().size() + " came");
        }
        return made.items().get(expected - 1).text().length();
    }

    /** The reference: one draw for each placeholder. */
    private static int fill(String[][] lists, String[] behind) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < RANDOM; i++) {
            StringBuilder text = new StringBuilder();
            for (int place = 0; place < lists.length; place++) {
                text.append(lists[place][random.nextInt(lists[place].length)]).append(behind[place]);
            }
            texts.add(text.toString());
        }
        return texts.get(RANDOM - 1).length();
    }

    /** All of five choices of ten: ours finds them, the reference knows where they stand. */
    private void combinatorial(Gaze gaze) throws Exception {
        String[] words = words("word ", TEN);
        String[] options = words("option ", TEN);
        wildcard("ten", words);
        String choice = "{" + String.join("|", options) + "}";
        TemplateRequest request = TemplateRequest.of(
                        "a __ten__, a __ten__ in %s, with %s behind %s".formatted(choice, choice, choice))
                .sampling(Sampling.COMBINATORIAL)
                .count(ALL);
        if (!gaze.wildcards().resolve(request).texts().equals(write(words, options))) {
            throw new IllegalStateException("These are not the same strings");
        }
        rows.accept(Pairs.of(
                        10,
                        15,
                        () -> Pairs.millis(() -> written += resolve(gaze, request, ALL)),
                        () -> Pairs.millis(
                                () -> written += write(words, options).size()))
                .atMost("100,000 combinatorial texts / writing the same strings", 3.0));
    }

    /** The reference: five loops, one in another. */
    private static List<String> write(String[] words, String[] options) {
        List<String> texts = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        for (String first : words) {
            for (String second : words) {
                for (String third : options) {
                    for (String fourth : options) {
                        for (String fifth : options) {
                            out.setLength(0);
                            out.append("a ").append(first).append(", a ").append(second);
                            out.append(" in ").append(third).append(", with ").append(fourth);
                            texts.add(out.append(" behind ").append(fifth).toString());
                        }
                    }
                }
            }
        }
        return texts;
    }

    private void gigabyte() throws Exception {
        Path file = library.resolve("wildcards").resolve("huge.txt");
        long lines = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long size = 0; size < GIGABYTE; lines++) {
                byte[] line = ("entry number " + lines + " of many\n").getBytes(StandardCharsets.US_ASCII);
                out.write(line);
                size += line.length;
            }
        }
        String expected = Long.toString(lines);
        rows.accept(Pairs.of(1, 5, () -> child("first"), () -> child("scan", expected))
                .atMost("first result of a 1 GB wildcard / a scan that counts newlines", 1.5));
        rows.accept(Pairs.of(0, 3, () -> child("after"), () -> child("scan", expected))
                .atMost("a further result of it / a scan that counts newlines", 0.01));
        double heap = child("heap");
        rows.accept(new Row(
                "heap that a 1 GB wildcard takes at most, MB / 64 MB",
                heap,
                MOST_HEAP,
                heap / MOST_HEAP,
                heap / MOST_HEAP,
                1.0,
                false));
        Files.delete(file);
    }

    private double child(String figure, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(library.toString(), figure));
        arguments.addAll(List.of(more));
        return ChildJvm.run(HugeWildcard.class, List.of("-Xmx64m"), arguments.toArray(String[]::new));
    }
}
