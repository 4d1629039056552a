package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.DeleteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibraryLockTest {
    @TempDir
    private Path root;

    private TestLibrary library;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
        library.outfit("coat", "Coat");
    }

    @AfterEach
    void close() {
        library.close();
    }

    /** Opens a library in another process, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (TestLibrary library = new TestLibrary(Path.of(arguments[0]))) {
                library.open();
                System.out.println("open");
                System.in.read();
            }
        }
    }

    @Test
    void a_second_writer_in_this_process_is_told_who_the_first_is() {
        library.open();

        Refusal.of(() -> library.openAnother(false))
                .isConflict()
                .says("process " + ProcessHandle.current().pid() + " on ")
                .says("which is this one")
                .says("readOnly()");

        assertThat(library.assets("outfit").count()).as("the first goes on").isEqualTo(1);
        library.reopen();
    }

    @Test
    void a_second_writer_that_failed_in_this_process_does_not_let_another_process_in() throws Exception {
        library.open();
        Refusal.of(() -> library.openAnother(false)).isConflict();

        try (ChildJvm child = ChildJvm.start("", Holder.class, root.toString())) {
            assertThat(String.join("\n", child.rest()))
                    .contains("is open already: process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void of_many_openings_at_once_in_one_process_exactly_one_succeeds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<AssetLibrary> open = () -> library.openAnother(false);
            List<AssetLibrary> opened = new ArrayList<>();
            for (var attempt : threads.invokeAll(List.of(open, open, open, open, open, open, open, open))) {
                try {
                    opened.add(attempt.get());
                } catch (java.util.concurrent.ExecutionException refused) {
                    assertThat(refused).hasMessageContaining("open already");
                }
            }
            assertThat(opened).hasSize(1);
            opened.get(0).close();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_writer_in_another_process_is_named_and_its_death_lets_the_lock_go() throws Exception {
        try (ChildJvm child = ChildJvm.start("", Holder.class, root.toString())) {
            assertThat(child.line()).isEqualTo("open");

            Refusal.of(() -> library.open()).isConflict().says("process " + child.pid() + " on ");
            try (AssetLibrary beside = library.openAnother(true)) {
                assertThat(beside.repository("outfit").get("coat").name()).isEqualTo("Coat");
            }
            child.kill();
        }

        library.open();
        assertThat(library.assets("outfit").count()).isEqualTo(1);
    }

    @Test
    void a_read_only_library_shows_everything_and_writes_nothing() throws IOException {
        library.open();
        library.assets("outfit").editState("coat", state -> state.withCover("a.png"));
        try (AssetLibrary beside = library.openAnother(true)) {
            AssetRepository outfits = beside.repository("outfit");

            assertThat(outfits.get("coat").state().cover()).isEqualTo("a.png");
            Refusal.of(() -> outfits.create("x", AssetData.parse("{}")))
                    .isRefused()
                    .says("read-only");
            Refusal.of(() -> outfits.edit("coat", data -> data)).isRefused();
            Refusal.of(() -> outfits.editState("coat", state -> state)).isRefused();
            Refusal.of(() -> outfits.rename("coat", "x")).isRefused();
            Refusal.of(() -> outfits.delete("coat", DeleteMode.SOFT)).isRefused();
            Refusal.of(() -> outfits.uploadCover("coat", new byte[0])).isRefused();
            Refusal.of(outfits::clearCovers).isRefused();

            library.assets("outfit").edit("coat", data -> data.with("Mantle", "outfit_name"));
            assertThat(outfits.sync().changed()).hasSize(1);
            assertThat(outfits.get("coat").name()).isEqualTo("Mantle");
        }
    }

    @Test
    void opening_read_only_makes_no_files_and_folders() throws IOException {
        try (AssetLibrary alone = library.openAnother(true)) {
            assertThat(alone.repository("outfit").count()).isEqualTo(1);
        }

        assertThat(root.resolve(".gaze")).doesNotExist();
        assertThat(root.resolve("uploads")).doesNotExist();
        Files.delete(library.file("clothing/coat.json"));
        try (AssetLibrary none = new TestLibrary(root.resolve("nowhere")).openAnother(true)) {
            assertThat(none.repository("outfit").count()).isZero();
        }
        assertThat(root.resolve("nowhere")).doesNotExist();
    }

    @Test
    void a_closed_library_changes_nothing_and_can_be_closed_again() {
        AssetLibrary open = library.open();
        AssetRepository outfits = library.assets("outfit");
        open.close();
        open.close();

        assertThatThrownBy(() -> outfits.edit("coat", data -> data.with("x", "y")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(outfits::sync).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> outfits.sync("coat")).isInstanceOf(IllegalStateException.class);
        assertThat(root.resolve(".gaze/lock.json")).doesNotExist();
    }

    @Test
    void opening_and_closing_leaves_no_thread_behind() throws Exception {
        library.open();
        library.close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("gaze")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
