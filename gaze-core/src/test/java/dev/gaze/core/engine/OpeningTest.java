package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.Gaze;
import dev.gaze.api.GazeBuilder;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.core.small.SmallBackend;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpeningTest extends GazeTesting {

    private static Set<Thread> gazeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("gaze-"))
                .collect(Collectors.toSet());
    }

    private static void assertEnded(Set<Thread> before) throws InterruptedException {
        for (Thread thread : gazeThreads()) {
            if (!before.contains(thread)) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    @Tag("G153")
    void opening_makes_missing_folders_and_syncs_everything(@TempDir Path fresh) {
        Gaze empty = open(builder().library(fresh.resolve("new")));
        assertThat(fresh.resolve("new/data")).isDirectory();
        assertThat(fresh.resolve("new/uploads")).isDirectory();
        assertThat(empty.assets("outfit").count()).isZero();

        Gaze gaze = open();
        assertThat(gaze.assets("outfit").list()).extracting(AssetSummary::slug).containsExactly("raincoat");
        assertThat(gaze.categories()).extracting(Category::id).hasSize(8);
        assertThat(gaze.sync().changedAnything()).isFalse();
        assertThatThrownBy(() -> gaze.assets("outfits")).hasMessageContaining("'outfit'");
    }

    @Test
    void broken_files_are_told_and_keep_nothing_from_opening() {
        file("data/actions/broken.json", "{");

        Gaze gaze = open();

        assertThat(gaze.assets("action").count()).isEqualTo(1);
        assertThat(gaze.sync().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).contains("broken.json"));
    }

    @Test
    void closing_ends_every_thread_and_may_be_repeated() throws Exception {
        Set<Thread> before = gazeThreads();
        Gaze gaze = builder().time(null).open();
        gaze.generate(request -> request.plus("x")).await(LONG);
        assertThat(gazeThreads()).anyMatch(thread -> thread.getName().startsWith("gaze-job"));

        gaze.close();
        gaze.close();

        assertEnded(before);
        assertThat(backend.server().isClosed()).isTrue();
        assertThatThrownBy(() -> gaze.generate(request -> request.plus("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        open().assets("outfit").get("raincoat");
    }

    @Test
    void previews_need_no_worker_threads() {
        Set<Thread> before = gazeThreads();
        Gaze gaze = open();
        gaze.preview(GenerationRequest.mix().character("mira_vale"));

        assertThat(gazeThreads())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .allMatch(name -> name.startsWith("gaze-sync"));
    }

    @Test
    void closing_from_a_listener_does_not_hang() throws Exception {
        Set<Thread> before = gazeThreads();
        Gaze gaze = builder().time(null).open();
        var closed = new java.util.concurrent.CountDownLatch(1);
        gaze.generate(request -> request.plus("x")).listen(event -> {
            gaze.close();
            closed.countDown();
        });

        assertThat(closed.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        gaze.close();
        assertEnded(before);
    }

    @Test
    void a_failure_half_way_closes_what_was_opened() throws Exception {
        Set<Thread> before = gazeThreads();
        SmallBackend moody = new SmallBackend(server -> {
            throw new IllegalStateException("no connection today");
        });

        assertThatThrownBy(() -> Gaze.builder()
                        .library(library)
                        .onlyGivenPlugins()
                        .plugin(moody)
                        .open())
                .hasMessageContaining("no connection today");

        assertEnded(before);
        open().assets("outfit").get("raincoat");
    }

    @Test
    void wrong_settings_open_nothing() {
        file("gaze.json", "{\"servers\": [17]}");

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID))
                .hasMessageContaining("gaze.json:1");
        assertThat(library.resolve(".gaze")).doesNotExist();
    }

    @Test
    void a_second_writer_is_told_of_the_first() {
        open();

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CONFLICT));
    }

    // Read-only ------------------------------------------------------------------------------------------------------

    @Test
    void read_only_shows_assets_previews_and_images_beside_a_writer() {
        Gaze writer = open();
        writer.generate(GenerationRequest.of("outfit", "raincoat")).await(LONG);

        Gaze reader = open(builder().readOnly());

        assertThat(reader.assets("outfit").get("raincoat").state().cover()).isNotNull();
        assertThat(reader.preview(GenerationRequest.mix().character("mira_vale"))
                        .prompt()
                        .positive())
                .contains("red hair");
        assertThat(reader.images().list(null, 0, 10).total()).isEqualTo(1);
        assertThat(reader.servers()).isEmpty();
        assertRefused(reader::jobs);
        assertRefused(() -> reader.generate(request -> request.plus("x")));
        assertRefused(() -> reader.setDefaultCheckpoint("a"));
        assertRefused(() -> reader.assets("outfit").create("new", new AssetData(JsonObject.empty())));
        assertThat(reader.toString()).contains("read-only");
    }

    @Test
    void read_only_makes_nothing(@TempDir Path elsewhere) {
        assertThatThrownBy(() ->
                        open(builder().library(elsewhere.resolve("missing")).readOnly()))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED));
    }

    // Servers --------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G2")
    void servers_come_from_the_builder_the_file_the_environment_or_the_default() {
        open().close();
        environment.put("GAZE_COMFY_URL", "http://from-environment:8188");
        open().close();
        file("gaze.json", "{\"servers\": [\"embedded\", {\"name\": \"attic\", \"url\": \"http://attic\"}]}");
        open().close();
        Gaze built = open(builder().server(URI.create("http://u:hunter2@built")));

        assertThat(backend.settings())
                .extracting(ServerSettings::name)
                .containsExactly(
                        "http://127.0.0.1:8188",
                        "http://from-environment:8188",
                        "embedded:sketch",
                        "attic",
                        "http://built");
        assertThat(built.servers()).extracting(RenderServer::id).hasToString("[http://built]");
        assertThat(built.toString()).contains("http://built").doesNotContain("hunter2");
    }

    @Test
    void an_address_nobody_takes_is_an_error_only_when_somebody_named_it() {
        GazeBuilder plain = Gaze.builder().library(library).onlyGivenPlugins().environment(environment::get);
        Gaze gaze = open(plain);

        assertThat(gaze.servers()).isEmpty();
        assertThat(gaze.preview(GenerationRequest.mix().character("mira_vale"))
                        .prompt()
                        .positive())
                .contains("red hair");
        assertThatThrownBy(() -> gaze.generate(request -> request.plus("x"))).hasMessageContaining("gaze-comfy");
        assertThatThrownBy(() -> gaze.template("default")).hasMessageContaining("gaze-comfy");
        gaze.close();
        assertThatThrownBy(() -> open(plain.embedded()))
                .hasMessageContaining("embedded:sketch")
                .hasMessageContaining("gaze-comfy");
    }

    @Test
    @Tag("G4")
    @Tag("G9")
    void folders_may_lie_elsewhere(@TempDir Path disk) throws Exception {
        Files.createDirectories(disk.resolve("dresses"));
        Files.writeString(disk.resolve("dresses/gown.json"), "{\"outfit_id\": \"gown\"}");
        file(
                "gaze.json",
                "{\"folders\": {\"uploads\": \"%1$s/images\", \"outfit\": \"%1$s/dresses\"}}"
                        .formatted(disk.toString().replace("\\", "/")));

        Gaze gaze = open();

        assertThat(gaze.assets("outfit").list()).extracting(AssetSummary::slug).containsExactly("gown");
        gaze.generate(GenerationRequest.of("outfit", "gown")).await(LONG);
        assertThat(disk.resolve("images/outfit/gown")).isNotEmptyDirectory();
        assertThat(gaze.images().list(null, 0, 10).total()).isEqualTo(1);
    }

    @Test
    @Tag("G142")
    void model_roots_of_file_and_builder_are_joined(@TempDir Path models) throws Exception {
        for (String folder : List.of("one/a", "two/b")) {
            Files.createDirectories(models.resolve(folder));
            Files.write(models.resolve(folder + "/x.safetensors"), new byte[] {0});
        }
        file(
                "gaze.json",
                "{\"modelRoots\": {\"loras\": \"%s\"}}"
                        .formatted(models.resolve("one").toString().replace("\\", "/")));

        Gaze gaze = open(builder().modelRoot("loras", models.resolve("two")));

        assertThat(gaze.models().loras()).containsExactly("a/x.safetensors", "b/x.safetensors");
    }
}
