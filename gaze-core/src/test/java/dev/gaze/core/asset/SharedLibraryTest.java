package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.core.small.SmallPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One folder, several writers, a PostgreSQL server between them. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedLibraryTest {
    @TempDir
    private Path root;

    private DatabaseSettings server;
    private TestLibrary library;
    private final List<AssetLibrary> open = new ArrayList<>();

    @BeforeEach
    void makeLibrary() {
        server = SmallPostgres.fresh();
        library = new TestLibrary(root);
        library.outfit("coat", "Coat");
    }

    @AfterEach
    void close() {
        open.forEach(AssetLibrary::close);
        if (library != null) {
            library.close();
        }
    }

    private AssetLibrary open() {
        AssetLibrary opened = library.open(Access.shared(server));
        open.add(opened);
        return opened;
    }

    private AssetRepository outfits() {
        return open().repository("outfit");
    }

    private static void await(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("It never came").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static List<String> slugs(AssetRepository assets) {
        return assets.list().stream().map(AssetSummary::slug).toList();
    }

    // Together -------------------------------------------------------------------------------------------------------

    @Test
    void several_writers_open_one_library_and_none_takes_its_lock() {
        AssetRepository mine = outfits();
        AssetRepository other = outfits();

        mine.edit("coat", data -> data.with("Mine", "outfit_name"));
        other.edit("coat", data -> data.with("rain", "note"));

        await(() -> mine.get("coat").data().json().text("note").isPresent());
        assertThat(other.get("coat").name()).isEqualTo("Mine");
        assertThat(root.resolve(".gaze/lock")).doesNotExist();
        assertThat(root.resolve(".gaze/index.mv.db")).doesNotExist();
    }

    @Test
    void lists_follow_what_others_make_change_rename_and_delete() {
        AssetRepository mine = outfits();
        AssetRepository other = outfits();

        mine.create("Hat!", AssetData.parse("{\"outfit_name\": \"A hat\"}"));
        await(() -> slugs(other).equals(List.of("Hat", "coat")));
        mine.edit("Hat", data -> data.with("Z hat", "outfit_name"));
        await(() -> slugs(other).equals(List.of("coat", "Hat")));
        mine.editState("Hat", state -> state.withCover("outfit/Hat/a.png"));
        await(() -> other.withoutCover().size() == 1);
        mine.rename("Hat", "cap");
        await(() -> slugs(other).equals(List.of("coat", "cap")));
        mine.delete("coat", DeleteMode.SOFT);
        await(() -> slugs(other).equals(List.of("cap")));
        assertThat(other.get("cap").name()).isEqualTo("Z hat");
        assertThat(other.get("cap").state().cover()).isEqualTo("outfit/cap/a.png");
        assertThat(other.sync().changedAnything()).isFalse();
    }

    @Test
    void of_edits_made_at_once_by_many_none_is_lost() throws Exception {
        library.write("clothing/coat.json", "{\"outfit_id\": \"coat\", \"n\": 0}");
        List<Callable<Integer>> work = new ArrayList<>();
        for (AssetRepository writer : List.of(outfits(), outfits(), outfits())) {
            for (int thread = 0; thread < 2; thread++) {
                work.add(() -> {
                    for (int i = 0; i < 20; i++) {
                        writer.edit(
                                "coat",
                                data -> data.with(
                                        data.json()
                                                        .number("n")
                                                        .map(JsonNumber::asInt)
                                                        .orElseThrow()
                                                + 1,
                                        "n"));
                    }
                    return 0;
                });
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Integer> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(open.get(0).repository("outfit").get("coat").data().json().number("n"))
                .map(JsonNumber::asInt)
                .contains(120);
    }

    @Test
    void of_many_who_make_the_same_asset_at_once_one_succeeds() throws Exception {
        List<Callable<Object>> work = new ArrayList<>();
        for (AssetRepository writer : List.of(outfits(), outfits(), outfits(), outfits())) {
            work.add(() -> writer.create("hat", AssetData.parse("{}")));
        }
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        int made = 0;
        try {
            for (Future<Object> done : threads.invokeAll(work)) {
                try {
                    done.get();
                    made++;
                } catch (ExecutionException refused) {
                    assertThat(refused.getCause())
                            .isInstanceOfSatisfying(
                                    GazeException.class,
                                    told -> assertThat(told.kind()).isEqualTo(Kind.CONFLICT));
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(made).isEqualTo(1);
    }

    @Test
    void a_read_only_opening_stands_beside_them_without_the_server() {
        outfits();

        try (AssetLibrary beside = library.open(Access.READ_ONLY)) {
            assertThat(beside.repository("outfit").get("coat").name()).isEqualTo("Coat");
            Refusal.of(beside::database).isRefused();
        }
    }

    // Interrupted operations -----------------------------------------------------------------------------------------

    private Path intent(AssetLibrary of, String newSlug) {
        return new Intents(library.folders().data(), of.others())
                .declare(new Intent.Rename(
                        "outfit",
                        "coat",
                        "coat.json",
                        ContentHash.parse(of.repository("outfit").get("coat").hash()),
                        newSlug,
                        newSlug + ".json",
                        of.repository("outfit")
                                .get("coat")
                                .data()
                                .with(newSlug, "outfit_id")
                                .json()));
    }

    @Test
    void an_opening_leaves_the_intents_of_those_who_are_there_and_finishes_those_of_the_dead() {
        AssetLibrary dying = open();
        AssetLibrary living = open();
        Path left = intent(dying, "cape");

        AssetRepository beside = outfits();
        assertThat(left).exists();
        assertThat(slugs(beside)).containsExactly("coat");

        dying.close();
        assertThat(slugs(outfits())).containsExactly("cape");
        assertThat(left).doesNotExist();
        await(() -> slugs(living.repository("outfit")).equals(List.of("cape")));
    }

    @Test
    void an_opening_without_the_server_is_alone_and_finishes_what_a_dead_process_left() throws Exception {
        try (ChildJvm child = ChildJvm.start("", Renamer.class, root.toString(), server.url())) {
            assertThat(child.line()).isEqualTo("declared");
            child.kill();
        }

        library.open();
        assertThat(slugs(library.assets("outfit"))).containsExactly("cape");
    }

    /** Begins a rename and waits to be killed. */
    static final class Renamer {
        private Renamer() {}

        public static void main(String[] arguments) throws Exception {
            SharedLibraryTest test = new SharedLibraryTest();
            test.root = Path.of(arguments[0]);
            test.library = new TestLibrary(test.root);
            test.server = DatabaseSettings.of(arguments[1]);
            test.intent(test.open(), "cape");
            System.out.println("declared");
            System.in.read();
        }
    }

    /** Renames one asset for ever; says so each time. */
    static final class Mover {
        private Mover() {}

        public static void main(String[] arguments) {
            TestLibrary library = new TestLibrary(Path.of(arguments[0]));
            try (AssetLibrary opened = library.open(Access.shared(DatabaseSettings.of(arguments[1])))) {
                AssetRepository outfits = opened.repository("outfit");
                String name = slugs(outfits).get(0);
                for (int n = 1; ; n++) {
                    name = outfits.rename(name, "mover" + n).key().slug();
                    System.out.println(name);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void a_writer_that_is_killed_at_any_moment_leaves_nothing_that_the_next_opening_does_not_mend(long seed)
            throws Exception {
        Random random = new Random(seed);
        AssetRepository watching = outfits();
        for (int kill = 0; kill < 3; kill++) {
            try (ChildJvm child = ChildJvm.start("", Mover.class, root.toString(), server.url())) {
                for (int i = random.nextInt(5); i >= 0; i--) {
                    assertThat(child.line()).startsWith("mover");
                }
                long moment = System.nanoTime() + random.nextInt(20_000_000);
                while (System.nanoTime() < moment) {
                    Thread.onSpinWait();
                }
                child.kill();
            }

            awaitGone();
            AssetLibrary next = open();
            assertThat(next.opened().problems()).isEmpty();
            assertThat(slugs(next.repository("outfit"))).hasSize(1);
            assertThat(files("clothing")).as("no litter").hasSize(1);
            assertThat(files(".intent")).isEmpty();
            watching.sync(); // of a rename that was complete, but for telling it, nobody has heard
            assertThat(slugs(watching)).isEqualTo(slugs(next.repository("outfit")));
        }
    }

    /** A process is gone for others when the server has noticed. */
    private void awaitGone() throws IOException {
        Others asking = open.get(0).others();
        for (String file :
                files(".intent").stream().filter(name -> !name.startsWith(".")).toList()) {
            await(() -> asking.isGone(file.substring(0, file.indexOf('.'))));
        }
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(library.file(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (NoSuchFileException neverUsed) {
            return List.of();
        }
    }

    @Test
    void what_a_process_of_another_machine_is_writing_is_left_alone() throws IOException {
        Path theirs = library.write("clothing/.~coat.json.4711-mf3k2x-elsewhere.x1.tmp", "half");
        Path dead = library.write("clothing/.~coat.json.1-1.x1.tmp", "half");

        open();
        assertThat(theirs).exists();
        assertThat(dead).doesNotExist();
        open.forEach(AssetLibrary::close);

        library.open();
        assertThat(theirs).as("who is alone knows that nobody writes").doesNotExist();
    }

    // A server that is away ------------------------------------------------------------------------------------------

    @Test
    void while_the_server_is_away_nothing_is_changed_and_afterwards_lists_follow_again() throws Exception {
        AssetRepository mine = outfits();
        AssetRepository other = outfits();
        String name = server.place().substring(server.place().lastIndexOf('/') + 1);
        SmallPostgres.execute("alter database " + name + " with allow_connections false");
        SmallPostgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");

        GazeException away = Refusal.of(() -> mine.edit("coat", data -> data.with("Mine", "outfit_name")))
                .isOfKind(Kind.UNAVAILABLE)
                .exception();

        assertThat(away.retryable()).isTrue();
        assertThat(Files.readString(library.file("clothing/coat.json"))).contains("Coat");
        library.outfit("hat", "A hat");
        SmallPostgres.execute("alter database " + name + " with allow_connections true");
        await(() -> slugs(other).equals(List.of("hat", "coat")));
        mine.edit("coat", data -> data.with("Mine", "outfit_name"));
        await(() -> other.get("coat").name().equals("Mine"));
    }
}
