package dev.gaze.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.core.small.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("G111")
@DisplayNameGeneration(ReplaceUnderscores.class)
class UploadedImagesTest {
    @TempDir
    Path uploads;

    private UploadedImages images;

    @BeforeEach
    void open() {
        images = new UploadedImages(uploads);
    }

    private Path put(String path) throws Exception {
        Path file = uploads.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, Images.png(24, 16));
    }

    private static List<String> paths(List<Image> images) {
        return images.stream().map(image -> image.id().path()).toList();
    }

    @Test
    void the_newest_come_first_by_the_second_and_number_of_their_name() throws Exception {
        put("character/mira/gen_100.png");
        put("character/mira/gen_100_2.png");
        put("outfit/coat/gen_300.png");
        put("mix/gen_200.png");

        assertThat(paths(images.list(null, 0, 10).items()))
                .containsExactly(
                        "outfit/coat/gen_300.png",
                        "mix/gen_200.png",
                        "character/mira/gen_100_2.png",
                        "character/mira/gen_100.png");
    }

    @Test
    void a_file_of_another_name_counts_from_its_last_change() throws Exception {
        put("character/mira/gen_100.png");
        Files.setLastModifiedTime(put("character/mira/cover.png"), FileTime.from(Instant.ofEpochSecond(150)));

        assertThat(images.list(null, 0, 1).items().get(0).id().path()).isEqualTo("character/mira/cover.png");
    }

    @Test
    void pages_tell_how_many_there_are() throws Exception {
        for (int i = 1; i <= 5; i++) {
            put("character/mira/gen_" + i + ".png");
        }

        var page = images.list(null, 2, 2);

        assertThat(paths(page.items())).containsExactly("character/mira/gen_3.png", "character/mira/gen_2.png");
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.hasMore()).isTrue();
        assertThat(images.list(null, 50, 2).items()).isEmpty();
    }

    @Test
    void images_of_one_asset_are_found_by_its_key() throws Exception {
        put("character/mira/gen_1.png");
        put("character/mira_vale/gen_2.png");
        AssetKey mira = new AssetKey("character", "mira");

        assertThat(images.list(mira, 0, 10).items()).singleElement().satisfies(image -> {
            assertThat(image.filedUnder()).isEqualTo(mira);
            assertThat(image.width()).isEqualTo(24);
        });
        assertThat(images.list(new AssetKey("character", "nobody"), 0, 10).items())
                .isEmpty();
    }

    @Test
    void sidecars_temporary_files_and_strangers_are_passed_over() throws Exception {
        put("character/mira/gen_1.png");
        put("character/mira/.state/gen_1.png");
        put("character/mira/.~gen_2.png");
        put("character/mira/notes.txt");

        assertThat(paths(images.list(null, 0, 10).items())).containsExactly("character/mira/gen_1.png");
    }

    @Test
    void a_library_without_uploads_has_no_images() {
        assertThat(new UploadedImages(uploads.resolve("missing"))
                        .list(null, 0, 10)
                        .total())
                .isZero();
    }

    @Test
    void a_broken_image_is_listed_without_a_size() throws Exception {
        Files.write(put("character/mira/gen_1.png"), new byte[] {1, 2, 3});

        assertThat(images.list(null, 0, 10).items().get(0).width()).isZero();
    }

    @Test
    void one_image_is_found_by_its_path() throws Exception {
        Path file = put("character/mira/gen_100.png");

        Image image = images.get(new ImageId("character/mira/gen_100.png"));

        assertThat(image.file()).isEqualTo(file.toAbsolutePath());
        assertThat(image.made()).isEqualTo(Instant.ofEpochSecond(100));
    }

    @Test
    @Tag("I14")
    void a_folder_a_sidecar_and_what_is_missing_are_not_found() throws Exception {
        put("character/mira/.state/gen_1.png");

        for (String path : List.of("character/mira", "character/mira/.state/gen_1.png", "character/mira/gen_9.png")) {
            assertThatThrownBy(() -> images.get(new ImageId(path)))
                    .isInstanceOfSatisfying(
                            GazeException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
        }
    }

    @Test
    @Tag("I14")
    void a_link_out_of_uploads_is_refused_and_not_listed(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.write(elsewhere.resolve("secret.png"), Images.png(8, 8));
        Files.createSymbolicLink(uploads.resolve("link.png"), secret);
        Files.createSymbolicLink(uploads.resolve("folder"), elsewhere);

        for (String path : List.of("link.png", "folder/secret.png")) {
            assertThatThrownBy(() -> images.get(new ImageId(path)))
                    .isInstanceOfSatisfying(
                            GazeException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED));
        }
        assertThat(images.list(null, 0, 10).items()).isEmpty();
    }

    @Test
    @Tag("I80")
    void hostile_keys_lead_nowhere() {
        assertThatThrownBy(() -> images.list(new AssetKey("..", ".."), 0, 10)).isInstanceOf(GazeException.class);
        assertThatThrownBy(() -> images.list(new AssetKey("/etc", "x"), 0, 10)).isInstanceOf(GazeException.class);
        assertThatThrownBy(() -> new ImageId("../x.png")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> images.list(null, -1, 10)).isInstanceOf(IllegalArgumentException.class);
    }
}
