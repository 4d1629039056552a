package dev.gaze.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import dev.gaze.core.small.Images;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PngTest {
    private final byte[] png = Images.png(24, 16);

    @Test
    void text_goes_in_front_of_the_end_and_every_other_byte_stays() {
        byte[] told = Png.read(png).with("gaze", "{}");

        assertThat(Png.read(told).text("gaze")).contains("{}");
        int end = png.length - 12;
        assertThat(Arrays.copyOf(told, end)).isEqualTo(Arrays.copyOf(png, end));
        assertThat(Arrays.copyOfRange(told, told.length - 12, told.length))
                .isEqualTo(Arrays.copyOfRange(png, end, png.length));
    }

    @Test
    void the_pixels_are_those_of_before() throws Exception {
        byte[] told = Png.read(png).with("gaze", "{}");

        var before = ImageIO.read(new ByteArrayInputStream(png));
        var after = ImageIO.read(new ByteArrayInputStream(told));
        assertThat(after.getRGB(0, 0, 24, 16, null, 0, 24)).isEqualTo(before.getRGB(0, 0, 24, 16, null, 0, 24));
    }

    @Test
    void comfyuis_own_chunks_are_kept_byte_for_byte() {
        String graph = "{\"3\": {\"inputs\": {\"seed\": 18446744073709551615}}}";
        byte[] made = Images.withText(png, "prompt", graph);

        byte[] told = Png.read(made).with("gaze", "{}");

        assertThat(Png.read(told).text("prompt")).contains(graph);
        assertThat(new String(told, StandardCharsets.ISO_8859_1))
                .contains(new String(made, 33, 12 + 7 + graph.length(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_text_replaces_the_one_under_its_keyword_wherever_it_stood() {
        byte[] old = Images.withText(Images.withText(png, "gaze", "one"), "gaze", "two");

        byte[] told = Png.read(old).with("gaze", "three");

        assertThat(Png.read(told).text("gaze")).contains("three");
        assertThat(new String(told, StandardCharsets.ISO_8859_1)).doesNotContain("one", "two");
    }

    @Test
    void international_text_is_read_too() {
        byte[] content = "gaze\0\0\0en\0gaze\0{\"name\": \"Ränä\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Png.read(Images.withChunk(png, "iTXt", content)).text("gaze"))
                .contains("{\"name\": \"Ränä\"}");
    }

    @Test
    void what_follows_the_end_is_not_lost() {
        byte[] longer = Arrays.copyOf(png, png.length + 5);

        byte[] told = Png.read(longer).with("gaze", "{}");

        assertThat(told).hasSize(longer.length + 12 + "gaze".length() + 1 + 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_file_cut_anywhere_is_refused(long seed) {
        int length = new Random(seed).nextInt(png.length);

        assertThatThrownBy(() -> Png.read(Arrays.copyOf(png, length))).isInstanceOf(GazeException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void one_flipped_bit_anywhere_is_noticed(long seed) {
        Random random = new Random(seed);
        byte[] flipped = png.clone();
        flipped[random.nextInt(png.length)] ^= (byte) (1 << random.nextInt(8));

        assertThatThrownBy(() -> Png.read(flipped)).isInstanceOf(GazeException.class);
    }

    @Test
    void a_wrong_checksum_is_named_with_its_chunk() {
        byte[] broken = png.clone();
        broken[20] ^= 1;

        assertThatThrownBy(() -> Png.read(broken)).hasMessageContaining("checksum of chunk IHDR at byte 8");
    }

    @Test
    void a_cut_file_says_so() {
        assertThatThrownBy(() -> Png.read(Arrays.copyOf(png, png.length - 12)))
                .hasMessageContaining("cut short")
                .hasMessageContaining("without its last chunk");
    }

    @Test
    void an_error_page_is_no_png() {
        assertThatThrownBy(() -> Png.read("<html>502</html>".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("no PNG");
    }
}
