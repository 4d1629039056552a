package dev.gaze.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.JobId;
import dev.gaze.core.file.ProcessStamp;
import dev.gaze.core.small.Images;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    void what_is_older_than_the_job_is_not_even_read() throws Exception {
        put("gen_" + (SECOND - 40) + ".png", Images.of(MINE));

        assertThat(found()).isEmpty();
    }

    @Test
    void an_image_of_the_largest_size_is_found_though_what_made_it_was_added() throws Exception {
        byte[] image = Images.of(MINE);
        put("gen_" + SECOND + ".png", image);

        LeftFiles left = new ImageFiler(uploads, new ImageLimits(image.length - 50, 10_000), new ManualTime()).left();

        assertThat(left.find(MINE, null, SUBMITTED)).isPresent();
    }

    @Test
    void the_id_of_a_job_among_the_words_of_another_means_nothing() throws Exception {
        String told = "{\"job\": \"%s\", \"plus\": \"%s\", \"negative\": \"\\\"job\\\": \\\"%s\\\"\"}"
                .formatted(ANOTHER, MINE, MINE);
        put("gen_" + SECOND + ".png", Images.withText(Images.png(8, 8), "gaze", told));

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
    void half_files_of_dead_processes_are_removed_and_nothing_else() throws Exception {
        ProcessStamp dead = new ProcessStamp(ProcessStamp.mine().pid(), 1000);
        put(".~gen_1.png." + dead + ".x1.tmp", new byte[] {1, 2});
        put(".~gen_2.png." + ProcessStamp.mine() + ".x2.tmp", new byte[] {3});
        put("gen_" + SECOND + ".png", new byte[0]); // somebody else's, who may be about to write it

        assertThat(found()).isEmpty();
        assertThat(onDisk())
                .containsExactly(".~gen_2.png." + ProcessStamp.mine() + ".x2.tmp", "gen_" + SECOND + ".png");
    }

    @Test
    void what_cannot_be_removed_keeps_no_image_from_being_found() throws Exception {
        ProcessStamp dead = new ProcessStamp(ProcessStamp.mine().pid(), 1000);
        put(".~gen_1.png." + dead + ".x1.tmp/stubborn", new byte[] {1});
        put("gen_" + SECOND + ".png", Images.of(MINE));
        Files.createDirectories(uploads.resolve("mix/gen_" + SECOND + "_2.png"));

        assertThat(found()).isPresent();
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
        put(".state/gen_3.json", told(MINE));
        put("gen_4.mp4", new byte[] {1});
        put(".state/gen_5.json", told(MINE)); // its file never came
        put("gen_6.png", new byte[0]); // the place of one

        left().discardReserved(
                        MINE,
                        List.of(
                                "mix/gen_1.png",
                                "mix/gen_2.png",
                                "mix/gen_3.mp4",
                                "mix/gen_4.mp4",
                                "mix/gen_5.mp4",
                                "mix/gen_6.png"));

        assertThat(onDisk()).containsExactly("gen_2.png", "gen_4.mp4");
    }

    @Test
    void under_a_name_that_was_not_reserved_an_empty_file_may_be_somebody_elses() throws Exception {
        put("gen_1.png", new byte[0]);

        left().discard(MINE, "mix/gen_1.png");

        assertThat(onDisk()).containsExactly("gen_1.png");
    }

    private static byte[] told(JobId job) {
        return "{\"job\": \"%s\"}".formatted(job).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void an_empty_file_is_not_whole_whatever_stands_beside_it() throws Exception {
        put("gen_1.mp4", new byte[0]);
        put(".state/gen_1.json", told(MINE));

        assertThat(left().whole(MINE, List.of("mix/gen_1.mp4"), null)).isEmpty();
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
