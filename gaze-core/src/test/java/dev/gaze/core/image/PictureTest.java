package dev.gaze.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import dev.gaze.core.small.Images;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PictureTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void size_and_format_are_read_from_the_bytes(String format) {
        Picture picture = Picture.check(Images.of(format, 40, 24), ImageLimits.DEFAULT);

        assertThat(picture.format().extension()).isEqualTo(format);
        assertThat(picture.width()).isEqualTo(40);
        assertThat(picture.height()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void an_image_without_its_end_is_refused(String format) {
        byte[] whole = Images.of(format, 40, 24);

        assertThatThrownBy(() -> Picture.check(Arrays.copyOf(whole, whole.length - 1), ImageLimits.DEFAULT))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void all_three_forms_of_webp_tell_their_size() {
        assertThat(Picture.check(webp("VP8X", new byte[] {0, 0, 0, 0, 39, 0, 0, 23, 0, 0}), ImageLimits.DEFAULT))
                .isEqualTo(new Picture(ImageFormat.WEBP, 40, 24));
        assertThat(Picture.check(
                        webp("VP8 ", new byte[] {0, 0, 0, (byte) 0x9D, 1, 0x2A, 40, 0, 24, 0}), ImageLimits.DEFAULT))
                .isEqualTo(new Picture(ImageFormat.WEBP, 40, 24));
        int sizes = 39 | 23 << 14;
        assertThat(Picture.check(
                        webp("VP8L", new byte[] {
                            0x2F,
                            (byte) sizes,
                            (byte) (sizes >> 8),
                            (byte) (sizes >> 16),
                            (byte) (sizes >> 24),
                            0,
                            0,
                            0,
                            0,
                            0
                        }),
                        ImageLimits.DEFAULT))
                .isEqualTo(new Picture(ImageFormat.WEBP, 40, 24));
    }

    @Test
    void a_webp_shorter_than_it_says_is_refused() {
        byte[] whole = webp("VP8X", new byte[] {0, 0, 0, 0, 39, 0, 0, 23, 0, 0, 0, 0});

        assertThatThrownBy(() -> Picture.check(Arrays.copyOf(whole, whole.length - 1), ImageLimits.DEFAULT))
                .hasMessageContaining("cut short");
    }

    private static byte[] webp(String form, byte[] content) {
        return ByteBuffer.allocate(20 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + content.length)
                .put(("WEBP" + form).getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    @Test
    void a_header_that_claims_too_many_pixels_is_refused_before_anything_is_decoded() {
        byte[] huge = Images.claiming(Images.png(8, 8), 65_000, 65_000);

        assertThatThrownBy(() -> Picture.check(huge, ImageLimits.DEFAULT))
                .hasMessageContaining("65000 x 65000")
                .hasMessageContaining("100,000,000 pixels");
    }

    @Test
    void a_negative_size_is_no_size() {
        assertThatThrownBy(() -> Picture.check(Images.claiming(Images.png(8, 8), -1, 8), ImageLimits.DEFAULT))
                .hasMessageContaining("no readable header");
    }

    @Test
    void a_file_beyond_the_limit_is_refused() {
        assertThatThrownBy(() -> Picture.check(Images.png(64, 64), new ImageLimits(100, 1_000_000)))
                .hasMessageContaining("the limit for an image is 100");
    }

    @Test
    void what_is_no_image_is_told_by_its_first_bytes() {
        assertThatThrownBy(() -> Picture.check("<html>".getBytes(StandardCharsets.US_ASCII), ImageLimits.DEFAULT))
                .hasMessageContaining("3c68746d6c3e");
        assertThatThrownBy(() -> Picture.check(new byte[0], ImageLimits.DEFAULT))
                .hasMessageContaining("empty");
    }

    @Test
    void a_beginning_of_any_length_never_breaks_a_glance() {
        for (String format : new String[] {"png", "jpg", "gif"}) {
            byte[] whole = Images.of(format, 40, 24);
            for (int length = 0; length <= whole.length; length++) {
                byte[] start = Arrays.copyOf(whole, length);
                Picture.glance(start)
                        .ifPresent(picture -> assertThat(picture.width()).isEqualTo(40));
            }
        }
    }
}
