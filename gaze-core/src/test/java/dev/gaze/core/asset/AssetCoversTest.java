package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.core.small.Images;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetCoversTest {
    @TempDir
    private Path root;

    private final ManualTime time = new ManualTime();
    private TestLibrary library;
    private AssetRepository outfits;
    private Path uploads;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root).at(time);
        library.outfit("coat", "Coat");
        outfits = library.assets("outfit");
        uploads = library.folders().uploads();
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Path upload(String name, byte[] bytes) throws IOException {
        Path file = uploads.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    @Test
    @Tag("G83")
    @Tag("G93")
    void an_image_among_the_uploads_becomes_the_cover() throws IOException {
        Path image = upload("outfit/coat/gen_1.png", Images.png(8, 8));

        assertThat(outfits.promoteCover("coat", image).state().cover()).isEqualTo("outfit/coat/gen_1.png");
        assertThat(outfits.promoteCover("coat", Path.of("outfit/coat/gen_1.png"))
                        .state()
                        .cover())
                .isEqualTo("outfit/coat/gen_1.png");
        assertThat(outfits.withoutCover()).isEmpty();
        Refusal.of(() -> outfits.promoteCover("nobody", image)).isMissing();
        Refusal.of(() -> outfits.promoteCover("coat", uploads.resolve("none.png")))
                .isMissing();
        Refusal.of(() -> outfits.promoteCover("coat", uploads.resolve("outfit")))
                .isMissing();
    }

    @Test
    @Tag("G85")
    @Tag("G95")
    void an_uploaded_image_is_filed_under_the_asset_and_never_over_another() throws IOException {
        Asset first = outfits.uploadCover("coat", Images.png(8, 8));
        Asset second = outfits.uploadCover("coat", Images.png(9, 9));

        long seconds = time.now().getEpochSecond();
        assertThat(first.state().cover()).isEqualTo("outfit/coat/cover_" + seconds + ".png");
        assertThat(second.state().cover()).isEqualTo("outfit/coat/cover_" + seconds + "_2.png");
        assertThat(Files.readAllBytes(uploads.resolve(second.state().cover()))).isEqualTo(Images.png(9, 9));
        library.reopen();
        assertThat(library.assets("outfit").get("coat").state().cover())
                .isEqualTo(second.state().cover());
    }

    @Test
    void an_image_outside_the_uploads_is_refused_links_resolved() throws IOException {
        Path outside = Files.write(root.resolve("outside.png"), Images.png(8, 8));
        upload("a.png", Images.png(8, 8));
        Files.createSymbolicLink(uploads.resolve("link.png"), outside);

        Refusal.of(() -> outfits.promoteCover("coat", outside)).isRefused();
        Refusal.of(() -> outfits.promoteCover("coat", Path.of("../outside.png")))
                .isRefused();
        Refusal.of(() -> outfits.promoteCover("coat", uploads.resolve("link.png")))
                .isRefused();
        assertThat(outfits.get("coat").state().cover()).isNull();
    }

    @Test
    void what_is_no_whole_image_is_refused_whatever_its_name_says() throws IOException {
        byte[] png = Images.png(8, 8);
        Path text = upload("fake.png", "<html>".getBytes(StandardCharsets.UTF_8));

        Refusal.of(() -> outfits.promoteCover("coat", text)).isRefused();
        Refusal.of(() -> outfits.uploadCover("coat", new byte[0])).isRefused();
        Refusal.of(() -> outfits.uploadCover("coat", Arrays.copyOf(png, png.length - 10)))
                .isRefused();
        Refusal.of(() -> outfits.uploadCover("coat", "GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1)))
                .isRefused()
                .says("PNG, JPEG or WebP");
        assertThat(uploads.resolve("outfit")).doesNotExist();
    }

    @Test
    void an_image_beyond_the_limits_is_refused() throws IOException {
        byte[] claims = Images.png(8, 8);
        ByteBuffer.wrap(claims).putInt(16, 60_000).putInt(20, 60_000);
        Path large = uploads.resolve("large.png");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(64_000_001);
        }

        Refusal.of(() -> outfits.uploadCover("coat", claims)).isRefused();
        Refusal.of(() -> outfits.promoteCover("coat", large)).isRefused().says("at most 64000000");
    }
}
