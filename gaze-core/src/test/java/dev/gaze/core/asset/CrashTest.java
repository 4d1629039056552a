package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that die in the middle, and disks that are full. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CrashTest {
    private static final int ASSETS = 5;

    @TempDir
    private Path root;

    private TestLibrary library;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
    }

    @AfterEach
    void close() {
        library.close();
    }

    /** Changes assets for ever; says which change is on disk, as one who was told so would rely on it. */
    static final class Editor {
        private Editor() {}

        public static void main(String[] arguments) {
            try (TestLibrary library = new TestLibrary(Path.of(arguments[0]))) {
                AssetRepository outfits = library.assets("outfit");
                int round = outfits.get("o0")
                        .data()
                        .json()
                        .number("n")
                        .orElseThrow()
                        .asInt();
                String name = outfits.list().stream()
                        .map(AssetSummary::slug)
                        .filter(slug -> slug.startsWith("mover"))
                        .findFirst()
                        .orElseThrow();
                while (true) {
                    int n = ++round;
                    for (int i = 0; i < ASSETS; i++) {
                        outfits.edit("o" + i, data -> data.with(n, "n").with("x".repeat(n % 7 * 3_000), "filler"));
                        outfits.editState("o" + i, state -> state.withCover("cover" + n));
                    }
                    String next = "mover" + n;
                    outfits.rename(name, next);
                    name = next;
                    System.out.println("done " + n);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Tag("G156")
    void a_process_killed_at_any_moment_leaves_the_old_or_the_new_file_and_the_next_open_repairs_the_index(long seed)
            throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < ASSETS; i++) {
            library.write("clothing/o" + i + ".json", "{\"outfit_id\": \"o%d\", \"n\": 0}".formatted(i));
        }
        library.write("clothing/mover.json", "{\"outfit_id\": \"mover\", \"outfit_name\": \"Mover\"}");
        library.write("clothing/.state/mover.json", "{\"cover\": \"kept.png\"}");
        for (int kill = 0; kill < 3; kill++) {
            int acknowledged = editAndKill(random);

            AssetLibrary opened = library.open();

            assertThat(opened.opened().problems()).isEmpty();
            assertNothingIsHalf(acknowledged);
            library.close();
        }
    }

    /** The last change that was acknowledged before the kill. */
    private int editAndKill(Random random) throws Exception {
        try (ChildJvm child = ChildJvm.start("", Editor.class, root.toString())) {
            int rounds = 1 + random.nextInt(6);
            String last = "";
            for (int i = 0; i < rounds; i++) {
                last = child.line();
                assertThat(last).startsWith("done ");
            }
            long moment = System.nanoTime() + random.nextInt(20_000_000);
            while (System.nanoTime() < moment) {
                Thread.onSpinWait();
            }
            child.kill();
            for (String line : child.rest()) {
                last = line.startsWith("done ") ? line : last;
            }
            return Integer.parseInt(last.substring("done ".length()));
        }
    }

    private void assertNothingIsHalf(int acknowledged) throws IOException {
        AssetRepository outfits = library.assets("outfit");
        assertThat(outfits.count()).isEqualTo(ASSETS + 1);
        for (int i = 0; i < ASSETS; i++) {
            Asset asset = outfits.get("o" + i);
            int n = asset.data().json().number("n").orElseThrow().asInt();
            assertThat(n).isBetween(acknowledged, acknowledged + 1);
            assertThat(asset.data().json().text("filler").map(String::length).orElse(0))
                    .isEqualTo(n % 7 * 3_000);
            byte[] onDisk = Files.readAllBytes(library.file("clothing/" + asset.file()));
            assertThat(Json.object(onDisk, JsonLimits.FILE))
                    .isEqualTo(asset.data().json());
            assertThat(asset.state().cover()).isIn("cover" + acknowledged, "cover" + (acknowledged + 1));
        }
        List<AssetSummary> movers = outfits.list().stream()
                .filter(summary -> summary.slug().startsWith("mover"))
                .toList();
        assertThat(movers).hasSize(1);
        assertThat(movers.get(0).cover()).isEqualTo("kept.png");
        assertThat(movers.get(0).slug()).isIn("mover" + acknowledged, "mover" + (acknowledged + 1));
        assertThat(files(library.file("clothing"))).as("no litter").hasSize(ASSETS + 1);
        assertThat(outfits.sync().changedAnything()).isFalse();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** Writes more than its limit of file sizes allows, and prints what it was told. */
    static final class Filler {
        private Filler() {}

        public static void main(String[] arguments) {
            try (TestLibrary library = new TestLibrary(Path.of(arguments[0]))) {
                AssetRepository outfits = library.assets("outfit");
                AssetData large = AssetData.parse("{\"note\": \"" + "x".repeat(900_000) + "\"}");
                told(() -> outfits.edit("coat", data -> large));
                told(() -> outfits.create("large", large));
                System.out.println("still " + outfits.get("coat").name() + " " + outfits.count());
                outfits.edit("coat", data -> data.with("small", "note"));
                System.out.println("small edits work");
            }
        }

        private static void told(Runnable write) {
            try {
                write.run();
                System.out.println("written");
            } catch (RuntimeException failure) {
                System.out.println(failure.getMessage().replace('\n', ' '));
            }
        }
    }

    @Test
    void a_full_disk_is_told_and_leaves_the_old_file_and_no_litter() throws Exception {
        library.outfit("coat", "Coat");
        library.open(); // the database exists before the disk is full
        library.close();

        try (ChildJvm child = ChildJvm.start("ulimit -f 400;", Filler.class, root.toString())) {
            assertThat(child.line()).startsWith("Cannot write: ").contains("clothing/coat.json", "nothing was changed");
            assertThat(child.line()).startsWith("Cannot write: ").contains("clothing/large.json");
            assertThat(child.line()).isEqualTo("still Coat 1");
            assertThat(child.rest()).containsExactly("small edits work");
        }

        assertThat(files(library.file("clothing"))).containsExactly("coat.json");
        assertThat(library.open().repository("outfit").get("coat").data().json().text("note"))
                .contains("small");
    }
}
