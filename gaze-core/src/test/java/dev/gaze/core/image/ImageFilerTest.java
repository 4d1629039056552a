package dev.gaze.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.core.file.ProcessStamp;
import dev.gaze.core.small.Images;
import dev.gaze.core.small.SmallServer;
import dev.gaze.testkit.ManualTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageFilerTest {
    private static final AssetKey MIRA = new AssetKey("character", "mira_vale");
    private static final byte[] PNG = Images.png(24, 16);

    @TempDir
    Path uploads;

    private final ManualTime time = new ManualTime(Instant.ofEpochSecond(1_795_210_658L));
    private final MadeWith madeWith = madeWith(new Seed(-1));

    private static MadeWith madeWith(Seed seed) {
        Prompt prompt = new Prompt(
                "miná",
                "",
                "",
                "miná",
                "",
                List.of(new PromptPart(PromptPart.Target.MAIN, "miná", "name", MIRA, null)),
                List.of());
        RenderPlan plan = new RenderPlan(
                prompt, List.of(), null, null, null, Map.of(RenderPlan.SAMPLER, seed), Missing.REFUSE, null, List.of());
        return MadeWith.of(
                new JobId(UUID.fromString("0f8e7d6c-0000-4000-8000-000000000001")),
                GenerationRequest.of("character", "mira_vale").seed(seed),
                plan);
    }

    private ImageFiler filer() {
        return new ImageFiler(uploads, ImageLimits.DEFAULT, time);
    }

    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** The names of one job, as a ledger keeps them. */
    private class Reserved implements ImageFiler.Names {
        private List<String> mine = List.of();

        @Override
        public List<String> reserved() {
            return mine;
        }

        @Override
        public boolean reserve(List<String> paths, Runnable meanwhile) {
            synchronized (taken) {
                if (paths.stream().anyMatch(path -> taken.contains(path) && !mine.contains(path))) {
                    return false;
                }
                mine.forEach(taken::remove);
                mine = paths;
                taken.addAll(paths);
                meanwhile.run();
                return true;
            }
        }

        @Override
        public Instant sent() {
            return Instant.EPOCH;
        }

        @Override
        public boolean isLetGo() {
            return false;
        }

        @Override
        public void lastLook() {
            // goes on
        }
    }

    private List<Image> file(byte[]... files) {
        return filer().file(outputs(files), MIRA, madeWith, new Reserved(), Runnable::run)
                .images();
    }

    private static List<RenderOutput> outputs(byte[]... files) {
        return Arrays.stream(files)
                .map(bytes -> SmallServer.output("img_00001_.png", "output", bytes))
                .toList();
    }

    private List<String> onDisk() throws Exception {
        try (Stream<Path> all = Files.walk(uploads)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> uploads.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @Tag("G42")
    void an_image_is_filed_under_its_asset_by_the_second() throws Exception {
        Image image = file(PNG).get(0);

        assertThat(image.id().path()).isEqualTo("character/mira_vale/gen_1795210658.png");
        assertThat(image.file()).isAbsolute().exists();
        assertThat(image.width()).isEqualTo(24);
        assertThat(image.height()).isEqualTo(16);
        assertThat(image.filedUnder()).isEqualTo(MIRA);
        assertThat(onDisk()).containsExactly("character/mira_vale/gen_1795210658.png");
    }

    @Test
    void no_file_tells_of_a_time_before_its_job_was_sent_whatever_is_done_to_the_clock() {
        Reserved names = new Reserved() {
            @Override
            public Instant sent() {
                return Instant.ofEpochSecond(1_795_299_999L);
            }
        };

        Image image = filer().file(outputs(PNG), MIRA, madeWith, names, Runnable::run)
                .images()
                .get(0);

        assertThat(image.id().path()).isEqualTo("character/mira_vale/gen_1795299999.png");
    }

    @Test
    void nothing_takes_its_place_after_a_last_look_that_refuses_it() throws Exception {
        Reserved names = new Reserved() {
            @Override
            public void lastLook() {
                throw new GazeException(Kind.CANCELLED, Problem.of("The library was closed"));
            }
        };

        for (byte[] image : List.of(PNG, Images.of("gif", 8, 8))) {
            assertThatThrownBy(() -> filer().file(outputs(image), MIRA, madeWith, names, Runnable::run))
                    .hasMessageContaining("was closed");
        }
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void a_turn_that_was_let_go_leaves_what_is_in_place_to_the_one_that_goes_on() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Reserved names = new Reserved() {
            @Override
            public boolean isLetGo() {
                return looks.get() > 1;
            }

            @Override
            public void lastLook() {
                if (looks.incrementAndGet() > 1) {
                    throw new GazeException(Kind.CANCELLED, Problem.of("The library was closed"));
                }
            }
        };

        assertThatThrownBy(() -> filer().file(outputs(PNG, PNG), MIRA, madeWith, names, Runnable::run))
                .hasMessageContaining("was closed");
        assertThat(onDisk()).containsExactly("character/mira_vale/gen_1795210658.png");
    }

    @Test
    void half_files_that_cannot_be_removed_keep_nobody_from_going_on() throws Exception {
        ProcessStamp dead = new ProcessStamp(ProcessStamp.mine().pid(), 1000);
        Files.createDirectories(uploads.resolve("character/mira_vale/.~a.png." + dead + ".x1.tmp/stubborn"));
        Reserved names = new Reserved();
        names.reserve(List.of("character/mira_vale/gen_7.png"), () -> {});

        assertThat(filer().file(outputs(PNG), MIRA, madeWith, names, Runnable::run)
                        .images())
                .extracting(image -> image.id().path())
                .containsExactly("character/mira_vale/gen_7.png");
    }

    @Test
    @Tag("G42")
    void images_of_one_second_are_counted_and_none_is_overwritten() throws Exception {
        file(PNG, PNG);
        file(PNG);
        time.advance(Duration.ofSeconds(1));
        file(PNG);

        assertThat(onDisk())
                .containsExactly(
                        "character/mira_vale/gen_1795210658.png",
                        "character/mira_vale/gen_1795210658_2.png",
                        "character/mira_vale/gen_1795210658_3.png",
                        "character/mira_vale/gen_1795210659.png");
    }

    @Test
    void when_all_files_were_in_place_as_their_process_died_its_half_files_beside_them_are_removed() throws Exception {
        Image image = file(PNG).get(0);
        ProcessStamp dead = new ProcessStamp(ProcessStamp.mine().pid(), 1000);
        Files.writeString(image.file().resolveSibling(".~gen_1795210658.png." + dead + ".x1.tmp"), "half");

        assertThat(filer().left().whole(madeWith.job(), List.of(image.id().path()), MIRA))
                .isPresent();

        assertThat(onDisk()).containsExactly(image.id().path());
    }

    @Test
    void many_at_once_each_get_a_name_of_their_own() throws Exception {
        ImageFiler filer = filer();

        IntStream.range(0, 40)
                .parallel()
                .forEach(i -> filer.file(outputs(PNG), MIRA, madeWith, new Reserved(), Runnable::run));

        assertThat(onDisk()).hasSize(40);
    }

    @Test
    void a_picture_of_words_alone_goes_to_mix() {
        assertThat(filer().file(outputs(PNG), null, madeWith, new Reserved(), Runnable::run)
                        .images()
                        .get(0)
                        .id()
                        .path())
                .isEqualTo("mix/gen_1795210658.png");
    }

    @Test
    void the_picture_tells_request_parts_and_seeds() throws Exception {
        Path file = file(Images.withText(PNG, "prompt", "{}")).get(0).file();

        Png png = Png.read(Files.readAllBytes(file));
        String told = png.text("gaze").orElseThrow();
        assertThat(told.chars()).allMatch(letter -> letter < 0x7F);
        var json = Json.object(told);
        assertThat(json.text("job")).contains("0f8e7d6c-0000-4000-8000-000000000001");
        assertThat(json.text("version").orElseThrow()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(json.text("request", "madeFor")).contains("character/mira_vale");
        assertThat(json.text("seeds", "sampler")).contains("18446744073709551615");
        assertThat(json.toString()).contains("miná");
        assertThat(png.text("prompt")).contains("{}");
    }

    @Test
    void what_the_server_wrote_for_this_job_stays_byte_for_byte() throws Exception {
        byte[] written = Images.withText(
                PNG, "gaze", new String(Json.compact(madeWith.json()), StandardCharsets.US_ASCII).replace("á", "a"));

        assertThat(Files.readAllBytes(file(written).get(0).file())).isEqualTo(written);
    }

    @Test
    void an_image_out_of_the_servers_cache_gets_the_job_it_is_filed_for() throws Exception {
        byte[] old = Images.withText(PNG, "gaze", "{\"job\": \"an older one\"}");

        Path file = file(old).get(0).file();

        assertThat(Png.read(Files.readAllBytes(file)).text("gaze").orElseThrow())
                .contains("0f8e7d6c")
                .doesNotContain("an older one");
    }

    @Test
    void other_formats_keep_their_extension_and_tell_beside_the_file() throws Exception {
        var outputs = List.of(
                SmallServer.output("anim.webp", "output", Images.of("gif", 10, 12)),
                SmallServer.output("film.MP4", "output", new byte[] {1, 2, 3}));

        List<Image> images = filer().file(outputs, MIRA, madeWith, new Reserved(), Runnable::run)
                .images();

        assertThat(images.get(0).width()).isEqualTo(10);
        assertThat(images.get(1).width()).isZero();
        assertThat(onDisk())
                .containsExactly(
                        "character/mira_vale/.state/gen_1795210658.json",
                        "character/mira_vale/.state/gen_1795210658_2.json",
                        "character/mira_vale/gen_1795210658.gif",
                        "character/mira_vale/gen_1795210658_2.mp4");
        byte[] beside = Files.readAllBytes(uploads.resolve("character/mira_vale/.state/gen_1795210658.json"));
        assertThat(Json.object(beside, JsonLimits.FILE).object("gaze")).isEqualTo(madeWith.json());
    }

    @Test
    void names_are_reserved_while_the_files_are_fetched() {
        CompletableFuture<List<String>> reserved = new CompletableFuture<>();
        Reserved names = new Reserved() {
            @Override
            public boolean reserve(List<String> paths, Runnable meanwhile) {
                reserved.complete(paths);
                return super.reserve(paths, meanwhile);
            }
        };
        RenderOutput slow = new RenderOutput("9", "images", "a.png", "", "output", () -> {
            reserved.orTimeout(10, TimeUnit.SECONDS).join();
            return PNG;
        });

        var filed = filer().file(List.of(slow), MIRA, madeWith, names, ForkJoinPool.commonPool());

        assertThat(filed.images()).extracting(image -> image.id().path()).containsExactlyElementsOf(reserved.join());
    }

    @Test
    void who_may_file_nothing_is_told_so_even_when_the_file_cannot_be_had_either() {
        Reserved stopped = new Reserved() {
            @Override
            public boolean reserve(List<String> paths, Runnable meanwhile) {
                throw new GazeException(Kind.CANCELLED, Problem.of("The job was cancelled"));
            }
        };
        RenderOutput gone = new RenderOutput("9", "images", "a.png", "", "output", () -> {
            throw new GazeException(Kind.UNAVAILABLE, Problem.of("The server went away"));
        });

        assertThatThrownBy(() -> filer().file(List.of(gone), MIRA, madeWith, stopped, ForkJoinPool.commonPool()))
                .hasMessageContaining("cancelled");
    }

    @Test
    void other_names_are_reserved_only_when_the_first_ones_are_certain() throws Exception {
        Files.createDirectories(uploads.resolve("character/mira_vale"));
        Files.write(uploads.resolve("character/mira_vale/gen_1795210658.gif"), new byte[] {1}); // somebody else's
        Thread turn = Thread.currentThread();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Reserved names = new Reserved() {
            @Override
            public boolean reserve(List<String> paths, Runnable meanwhile) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                boolean reserved = super.reserve(paths, meanwhile);
                while (Thread.currentThread() != turn && turn.getState() != Thread.State.WAITING && most.get() == 1) {
                    Thread.onSpinWait(); // goes to the disk
                }
                running.decrementAndGet();
                return reserved;
            }
        };

        var filed = filer().file(
                        List.of(SmallServer.output("a.gif", "output", Images.of("gif", 8, 8))),
                        MIRA,
                        madeWith,
                        names,
                        command -> new Thread(command).start());

        assertThat(most).hasValue(1);
        assertThat(filed.images().get(0).id().path()).endsWith("gen_1795210658_2.gif");
    }

    @Test
    void two_formats_never_share_a_stem() throws Exception {
        file(PNG);
        filer().file(
                        List.of(SmallServer.output("a.jpg", "output", Images.of("jpg", 8, 8))),
                        MIRA,
                        madeWith,
                        new Reserved(),
                        Runnable::run);
        file(PNG);

        assertThat(onDisk())
                .contains(
                        "character/mira_vale/gen_1795210658.png",
                        "character/mira_vale/gen_1795210658_2.jpg",
                        "character/mira_vale/gen_1795210658_3.png");
    }

    @Test
    void a_broken_one_of_several_leaves_nothing_behind() throws Exception {
        byte[] cut = Arrays.copyOf(PNG, PNG.length - 20);

        assertThatThrownBy(() -> file(PNG, cut))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.FAILED))
                .hasMessageContaining("cut short")
                .hasMessageContaining("img_00001_.png");
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void a_disk_that_fails_half_way_leaves_nothing_behind() throws Exception {
        Files.createDirectories(uploads.resolve("character/mira_vale"));
        Files.writeString(uploads.resolve("character/mira_vale/.state"), "a file where a folder is needed");

        assertThatThrownBy(() -> filer().file(
                                List.of(
                                        SmallServer.output("a.png", "output", PNG),
                                        SmallServer.output("b.jpg", "output", Images.of("jpg", 8, 8))),
                                MIRA,
                                madeWith,
                                new Reserved(),
                                Runnable::run))
                .isInstanceOf(GazeException.class);
        assertThat(onDisk()).containsExactly("character/mira_vale/.state");
    }

    @Test
    void an_error_page_is_not_filed_as_an_image() {
        byte[] page = "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> file(page)).hasMessageContaining("no PNG, JPEG, WebP or GIF");
    }

    @Test
    void only_kept_files_are_results() throws Exception {
        var outputs = List.of(
                SmallServer.output("p.png", "temp", Images.png(8, 8)), SmallServer.output("k.png", "output", PNG));

        assertThat(filer().file(outputs, MIRA, madeWith, new Reserved(), Runnable::run)
                        .images())
                .singleElement()
                .satisfies(image -> assertThat(image.width()).isEqualTo(24));
    }

    @Test
    void temporary_previews_are_better_than_nothing_and_a_warning_says_so() {
        var filed = filer().file(
                        List.of(SmallServer.output("p.png", "temp", PNG)),
                        MIRA,
                        madeWith,
                        new Reserved(),
                        Runnable::run);

        assertThat(filed.images()).hasSize(1);
        assertThat(filed.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.fix()).contains("SaveImage"));
    }

    @Test
    void a_run_without_files_is_explained() {
        assertThatThrownBy(() -> filer().file(List.of(), MIRA, madeWith, new Reserved(), Runnable::run))
                .hasMessageContaining("made no file")
                .hasMessageContaining("SaveImage");
    }

    @Test
    @Tag("I80")
    void a_hostile_file_name_of_a_server_decides_nothing() throws Exception {
        filer().file(
                        List.of(
                                SmallServer.output("../../../etc/passwd", "output", new byte[] {1}),
                                SmallServer.output("x.p/../../n", "output", new byte[] {1}),
                                SmallServer.output("x.\0sh", "output", new byte[] {1})),
                        MIRA,
                        madeWith,
                        new Reserved(),
                        Runnable::run);

        assertThat(onDisk()).allSatisfy(path -> assertThat(path).startsWith("character/mira_vale/"));
        assertThat(onDisk()).anySatisfy(path -> assertThat(path).endsWith("gen_1795210658.bin"));
    }

    @Test
    @Tag("I14")
    void a_link_that_leads_out_of_uploads_is_not_followed(@TempDir Path elsewhere) throws Exception {
        Files.createSymbolicLink(uploads.resolve("character"), elsewhere);

        assertThatThrownBy(() -> file(PNG))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED));
        assertThat(elsewhere).isEmptyDirectory();
    }
}
