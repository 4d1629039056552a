package dev.gaze.example.bench;

import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import dev.gaze.api.tag.TagSettings;
import dev.gaze.llm.tag.ListSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** The figures about tags, with the list that {@code GAZE_TAGS} names, or else with one of the same size and shape. */
final class TagRows {
    private static final int GENERATED = 140_000;
    private static final int ASKED = 500;
    private static final double MEGABYTE = 1e6;
    private static final double MOST_HEAP = 30;

    private final Path list;
    private final Consumer<Row> rows;
    /** Every name and alias with the place of its tag in the list, as the reference looks at them. */
    private String[] texts = {};

    private final List<String> names = new ArrayList<>();
    private int found;

    TagRows(Path work, Consumer<Row> rows) throws Exception {
        String given = System.getenv(TagSettings.VARIABLE);
        list = given == null ? generated(work.resolve("tags.csv")) : Path.of(given);
        this.rows = rows;
    }

    void measure() throws Exception {
        rows.accept(Pairs.of(20, 30, () -> Pairs.millis(this::open), () -> Pairs.millis(this::readAndSplit))
                .atMost("load tags / read + split the same bytes", 3.0));
        heap();
        TagCatalogue tags = open();
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            String[] cells = line.replace("\"", "").split(",");
            names.add(cells[0]);
            all.add(cells[0]);
            all.addAll(Arrays.asList(cells).subList(Math.min(3, cells.length), cells.length));
        }
        texts = all.toArray(String[]::new);
        search(tags);
        slips(tags);
        if (found < 0) {
            throw new IllegalStateException("Nothing was found"); // keeps the references from being optimised away
        }
    }

    private TagCatalogue open() {
        return new ListSource().open(new TagSettings(list, TagCategories.DANBOORU, name -> false));
    }

    private void readAndSplit() throws Exception {
        for (String line : Files.readString(list).split("\n")) {
            found += line.split(",").length;
        }
    }

    private void heap() {
        TagCatalogue unused = open(); // loads the classes
        long before = used();
        TagCatalogue tags = open();
        tags.suggest("lomg_hiar"); // builds what completing and mending need
        tags.validate(List.of("lomg_hiar"));
        double megabytes = (used() - before) / MEGABYTE;
        found += (int) (tags.size() + unused.size());
        rows.accept(new Row(
                "heap of a catalogue with all its indexes, MB / 30 MB",
                megabytes,
                MOST_HEAP,
                megabytes / MOST_HEAP,
                megabytes / MOST_HEAP,
                1.0,
                false));
    }

    private static long used() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void search(TagCatalogue tags) throws Exception {
        Random random = new Random(61);
        List<TagQuery> queries = new ArrayList<>();
        while (queries.size() < ASKED) {
            String name = names.get(random.nextInt(names.size()));
            queries.add(TagQuery.of(name.substring(0, Math.min(name.length(), 1 + random.nextInt(4)))));
        }
        rows.accept(Pairs.of(
                        10,
                        15,
                        () -> Pairs.millis(() -> queries.forEach(
                                query -> found += tags.search(query).size())),
                        () -> Pairs.millis(() -> queries.forEach(query -> found += scan(query.text()))))
                .atMost("500 tag searches, top 10 / linear scans of all names", 0.01));
    }

    /** The reference: names and aliases that begin so, the first ten kept. */
    private int scan(String prefix) {
        String[] top = new String[TagQuery.USUAL];
        int count = 0;
        for (String text : texts) {
            if (text.startsWith(prefix) && count < top.length) {
                top[count++] = text;
            }
        }
        return count;
    }

    private void slips(TagCatalogue tags) throws Exception {
        Random random = new Random(71);
        List<String> meant = new ArrayList<>();
        List<TagQuery> written = new ArrayList<>();
        while (written.size() < ASKED) {
            String name = names.get(random.nextInt(names.size()));
            String slip = slip(name, random);
            if (!slip.isBlank() && tags.find(slip).isEmpty()) {
                meant.add(name);
                written.add(TagQuery.of(slip).limit(3));
            }
        }
        int suggested = 0;
        for (int i = 0; i < ASKED; i++) {
            List<String> three = tags.suggest(written.get(i)).stream()
                    .map(TagHit::tag)
                    .map(tag -> tag.name())
                    .toList();
            suggested += three.contains(meant.get(i)) ? 1 : 0;
        }
        double recall = suggested / (double) ASKED;
        rows.accept(
                new Row("recall at 3 of 500 tags with one slip / all of them", recall, 1, recall, recall, 0.98, true));
        rows.accept(Pairs.of(
                        10,
                        15,
                        () -> Pairs.millis(() -> written.forEach(
                                query -> found += tags.suggest(query).size())),
                        () -> Pairs.millis(() -> written.forEach(query -> found += scan(query.text()))))
                .atMost("500 suggestions for one slip / linear scans of all names", 0.05));
    }

    private static String slip(String name, Random random) {
        int at = random.nextInt(name.length());
        char other = (char) ('a' + random.nextInt(26));
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + other + name.substring(at);
            case 2 -> name.substring(0, at) + other + name.substring(at + 1);
            default ->
                at + 1 == name.length()
                        ? name + other
                        : name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
        };
    }

    private static Path generated(Path file) throws Exception {
        Random random = new Random(81);
        String[] syllables = "ka ri mo ta shi no ru be la do fen gar ith ul sa pe wo zy qua lin".split(" ");
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < GENERATED) {
            StringBuilder name = new StringBuilder();
            for (int words = 1 + random.nextInt(3); words > 0; words--) {
                for (int length = 2 + random.nextInt(3); length > 0; length--) {
                    name.append(syllables[random.nextInt(syllables.length)]);
                }
                name.append(words > 1 ? "_" : "");
            }
            names.add(name.toString());
        }
        StringBuilder lines = new StringBuilder();
        int count = 6_000_000;
        for (String name : names) {
            count = Math.max(25, count - count / 5_000 - 1);
            lines.append(name)
                    .append(',')
                    .append(random.nextInt(6) % 5)
                    .append(',')
                    .append(count)
                    .append(',');
            lines.append(random.nextInt(6) == 0 ? "\"" + name + "s,the_" + name + "\"" : "")
                    .append('\n');
        }
        return Files.writeString(file, lines);
    }
}
