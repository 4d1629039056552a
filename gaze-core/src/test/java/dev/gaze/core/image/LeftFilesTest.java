package dev.gaze.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.JobId;
import dev.gaze.core.file.ProcessStamp;
import dev.gaze.core.small.Images;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file says itself whose it is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeftFilesTest {
    private static final JobId MINE = new JobId(UUID.fromString("0f8e7d6c-0000-4000-8000-000000000001"));
    private static final JobId ANOTHER = new JobId(UUID.fromString("0f8e7d6c-0000-4000-8000-000000000002"));
    private static final long SECOND = 1_795_210_658L;
    private static final Instant SUBMITTED = Instant.ofEpochSecond(SECOND - 30);

    @TempDir
    Path uploads;

    private LeftFiles left() {
        return new ImageFiler(uploads, ImageLimits.DEFAULT, new ManualTime(SUBMITTED)).left();
    }

    private void put(String name, byte[] bytes) throws IOException {
        Path file = uploads.resolve("mix").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private Optional<String> found() {
        return left().find(MINE, null, SUBMITTED).map(image -> image.id().path());
    }

    @Test
    void the_image_of_a_job_is_found_among_those_of_others() throws Exception {
        put("gen_" + SECOND + ".png", Images.of(ANOTHER));
        put("gen_" + SECOND + "_2.png", Images.of(MINE));
        put("gen_" + SECOND + "_3.png", Images.png(8, 8));

        assertThat(found()).contains("mix/gen_" + SECOND + "_2.png");
    }

    @Test
    void its_size_and_time_are_those_of_the_file() throws Exception {
        put("gen_" + SECOND + ".png", Images.of(MINE));

        assertThat(left().find(MINE, null, SUBMITTED)).hasValueSatisfying(image -> {
            assertThat(image.width()).isEqualTo(64);
            assertThat(image.height()).isEqualTo(64);
            assertThat(image.made()).isEqualTo(Instant.ofEpochSecond(SECOND));
            assertThat(image.filedUnder()).isNull();
        });
    }

    @Test
    void a_clock_that_was_set_back_a_little_hides_nothing() throws Exception {
        put("gen_" + (SECOND - 600) + ".png", Images.of(MINE));

        assertThat(found()).isPresent();
    }

    @Test
    void what_is_much_older_than_the_job_is_not_even_read() throws Exception {
        put("gen_" + (SECOND - 40_000) + ".png", Images.of(MINE));

        assertThat(found()).isEmpty();
    }

    @Test
    void a_copy_under_a_name_that_is_none_of_ours_does_not_count() throws Exception {
        put("gen_" + SECOND + " copy.png", Images.of(MINE));
        put("gen_.png", Images.of(MINE));
        put("portrait.png", Images.of(MINE));

        assertThat(found()).isEmpty();
        assertThat(onDisk()).hasSize(3);
    }

    @Test
    void a_file_that_is_cut_short_does_not_count() throws Exception {
        byte[] whole = Images.of(MINE);
        put("gen_" + SECOND + ".png", Arrays.copyOf(whole, whole.length - 9));

        assertThat(found()).isEmpty();
    }

    @Test
    void half_files_of_dead_processes_and_places_they_kept_are_removed() throws Exception {
        ProcessStamp dead = new ProcessStamp(ProcessStamp.mine().pid(), 1000);
        put(".~gen_1.png." + dead + ".x1.tmp", new byte[] {1, 2});
        put(".~gen_2.png." + ProcessStamp.mine() + ".x2.tmp", new byte[] {3});
        put("gen_" + SECOND + ".png", new byte[0]);

        assertThat(found()).isEmpty();
        assertThat(onDisk()).containsExactly(".~gen_2.png." + ProcessStamp.mine() + ".x2.tmp");
    }

    @Test
    void where_there_is_no_folder_there_is_no_image() {
        assertThat(found()).isEmpty();
    }

    @Test
    void only_what_is_the_jobs_own_is_discarded() throws Exception {
        put("gen_1.png", Images.of(MINE));
        put("gen_2.png", Images.of(ANOTHER));
        put("gen_3.mp4", new byte[] {1});
        put(".state/gen_3.json", "{\"job\": \"%s\"}".formatted(MINE).getBytes());
        put("gen_4.mp4", new byte[] {1});

        left().discard(MINE, List.of("mix/gen_1.png", "mix/gen_2.png", "mix/gen_3.mp4", "mix/gen_4.mp4"));

        assertThat(onDisk()).containsExactly("gen_2.png", "gen_4.mp4");
    }

    @Test
    void files_are_whole_only_when_all_of_them_are_the_jobs_own() throws Exception {
        put("gen_1.png", Images.of(MINE));
        put("gen_2.png", Images.of(ANOTHER));

        assertThat(left().whole(MINE, List.of("mix/gen_1.png"), null)).isPresent();
        assertThat(left().whole(MINE, List.of("mix/gen_1.png", "mix/gen_2.png"), null))
                .isEmpty();
        assertThat(left().whole(MINE, List.of("mix/gen_1.png", "mix/gen_3.png"), null))
                .isEmpty();
    }
}
