package dev.gaze.comfy.embedded.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SketchTest {
    private static final Scene SCENE = Scene.EMPTY
            .on("Illustrious/model.safetensors")
            .and("looks/freckles.safetensors", 0.8)
            .and("styles/ink.safetensors", 0.4)
            .sampled("1girl, solo, harbour at dawn", "blurry", "42");

    private static BufferedImage draw(Scene scene, Lettering lettering) {
        return new Sketch(scene, 256, 320, 1, lettering).draw(0);
    }

    private static boolean same(BufferedImage a, BufferedImage b) {
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                if (a.getRGB(x, y) != b.getRGB(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void without_a_font_words_are_drawn_as_bars() {
        assertThat(same(draw(SCENE, Lettering.SHAPES), draw(SCENE.sampled("", "", "42"), Lettering.SHAPES)))
                .isFalse();
        assertThat(Lettering.ofThisMachine()).isIn(Lettering.TEXT, Lettering.SHAPES);
    }

    @Test
    void the_same_plan_is_the_same_picture_and_every_part_of_it_shows() {
        assertThat(same(draw(SCENE, Lettering.SHAPES), draw(SCENE, Lettering.SHAPES)))
                .isTrue();
        assertThat(same(
                        draw(SCENE, Lettering.SHAPES),
                        draw(SCENE.sampled(SCENE.positive(), SCENE.negative(), "43"), Lettering.SHAPES)))
                .isFalse();
        assertThat(same(draw(SCENE, Lettering.SHAPES), draw(SCENE.and("more", 1), Lettering.SHAPES)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"16,16", "64,64", "832,1216", "1,1", "2000,16"})
    void a_png_of_any_size_is_read_back_pixel_by_pixel(int width, int height) throws IOException {
        BufferedImage image = new Sketch(SCENE, width, height, 1, Lettering.SHAPES).draw(0);
        byte[] png = Png.encode(image, Map.of("prompt", "{}", "gaze", Png.text(JsonObject.of("é", "日本"))));

        assertThat(same(ImageIO.read(new ByteArrayInputStream(png)), image)).isTrue();
        assertThat(Png.texts(png))
                .containsExactlyInAnyOrderEntriesOf(Map.of("prompt", "{}", "gaze", "{\"\\u00e9\":\"\\u65e5\\u672c\"}"));
    }

    @Test
    void alpha_survives() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 1, 0x40112233);
        byte[] png = Png.encode(image, Map.of());

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(1, 1)).isEqualTo(0x40112233);
    }

    @ParameterizedTest
    @EnumSource(Lettering.class)
    void hostile_words_do_not_hurt(Lettering lettering) {
        Scene scene = SCENE.sampled("a".repeat(5_000) + " \u0000 \uD83D\uDE80 " + "b ".repeat(5_000), "", "");

        assertThat(draw(scene, lettering).getWidth()).isEqualTo(256);
    }
}
