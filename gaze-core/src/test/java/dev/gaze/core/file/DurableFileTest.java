package dev.gaze.core.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DurableFileTest {
    @TempDir
    private Path folder;

    @Test
    void writing_replaces_and_leaves_nothing_beside() throws IOException {
        Path file = folder.resolve("deep/er/a.json");

        DurableFile.write(file, "one".getBytes(UTF_8));
        DurableFile.write(file, "two".getBytes(UTF_8));

        assertThat(file).hasContent("two");
        assertThat(names(file.getParent())).containsExactly("a.json");
    }

    @Test
    void whoever_could_read_and_write_a_file_still_can() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        Set<PosixFilePermission> rights = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(file, rights);

        DurableFile.write(file, "new".getBytes(UTF_8));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(rights);
    }

    @Test
    void creating_leaves_a_file_that_is_there_alone() throws IOException {
        Path file = folder.resolve("a.json");

        assertThat(DurableFile.create(file, "one".getBytes(UTF_8))).isTrue();
        assertThat(DurableFile.create(file, "two".getBytes(UTF_8))).isFalse();

        assertThat(file).hasContent("one");
        assertThat(names(folder)).containsExactly("a.json");
    }

    @Test
    void a_last_look_that_throws_leaves_everything_as_it_was() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");

        assertThatThrownBy(() -> DurableFile.write(file, "new".getBytes(UTF_8), () -> {
                    throw new IllegalStateException("somebody was faster");
                }))
                .hasMessage("somebody was faster");

        assertThat(file).hasContent("old");
        assertThat(names(folder)).containsExactly("a.json");
    }

    @Test
    void a_file_where_a_folder_is_expected_is_told_with_its_place() throws IOException {
        Files.writeString(folder.resolve("data"), "I am a file");

        assertThatThrownBy(() -> DurableFile.write(folder.resolve("data/a.json"), new byte[1]))
                .isInstanceOfSatisfying(GazeException.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(Kind.FAILED);
                    assertThat(failed.problems().get(0).where()).endsWith("a.json");
                });

        assertThat(names(folder)).containsExactly("data");
    }

    @Test
    void a_folder_in_the_place_of_the_file_is_told_and_nothing_is_left_behind() throws IOException {
        Files.createDirectories(folder.resolve("a.json/child"));

        assertThatThrownBy(() -> DurableFile.write(folder.resolve("a.json"), new byte[1]))
                .isInstanceOf(GazeException.class);

        assertThat(names(folder)).containsExactly("a.json");
    }

    @Test
    void a_file_beyond_the_limit_is_refused_without_reading_it() throws IOException {
        Path file = folder.resolve("huge.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50_000_000_000L);
        }

        assertThatThrownBy(() -> DurableFile.read(file, 1_000_000))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("50000000000 bytes; at most 1000000");
    }

    @Test
    void a_file_at_the_limit_is_read() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "12345");

        assertThat(DurableFile.read(file, 5)).hasSize(5);
        assertThatThrownBy(() -> DurableFile.read(file, 4)).isInstanceOf(GazeException.class);
    }

    @Test
    void a_missing_file_is_told_as_such() {
        assertThatThrownBy(() -> DurableFile.read(folder.resolve("none"), 5))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        missing -> assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void moving_onto_something_is_refused() throws IOException {
        Path from = Files.writeString(folder.resolve("from"), "mine");
        Path to = Files.writeString(folder.resolve("to"), "yours");

        assertThatThrownBy(() -> DurableFile.move(from, to)).isInstanceOf(GazeException.class);
        assertThat(to).hasContent("yours");

        DurableFile.move(from, folder.resolve("sub/there"));
        assertThat(folder.resolve("sub/there")).hasContent("mine");
    }

    @Test
    void leftovers_of_dead_processes_are_swept_and_those_of_living_ones_stay() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"), "-version")
                .redirectErrorStream(true)
                .start();
        ProcessStamp dead = new ProcessStamp(
                child.pid(),
                child.info().startInstant().map(at -> at.toEpochMilli()).orElse(1L));
        child.waitFor();
        Path left = Files.writeString(folder.resolve(".~a.json." + dead + ".x1.tmp"), "half");
        Path writing = Files.writeString(folder.resolve(".~a.json." + ProcessStamp.mine() + ".x2.tmp"), "half");
        Path reborn = Files.writeString(
                folder.resolve(
                        ".~a.json." + new ProcessStamp(ProcessStamp.mine().pid(), 1000) + ".x3.tmp"),
                "half");
        Path foreign = Files.writeString(folder.resolve(".~lock.tmp"), "somebody else's");

        assertThat(DurableFile.sweep(folder)).isEqualTo(2);

        assertThat(left).doesNotExist();
        assertThat(reborn).doesNotExist();
        assertThat(writing).exists();
        assertThat(foreign).exists();
        assertThat(DurableFile.sweep(folder.resolve("not there"))).isZero();
    }

    @Test
    void a_process_stamp_reads_back_what_it_writes() {
        assertThat(ProcessStamp.parse(ProcessStamp.mine().toString())).contains(ProcessStamp.mine());
        assertThat(ProcessStamp.mine().alive()).isTrue();
        assertThat(ProcessStamp.parse("nonsense")).isEmpty();
        assertThat(ProcessStamp.parse("a-b")).isEmpty();
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
