package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PngEndTest {

    /** Signature, header, one chunk of pixels (of no particular meaning) and the end. */
    static byte[] png(int size) {
        ByteBuffer png = ByteBuffer.allocate(8 + 12 + 13 + 12 + size + 12);
        png.putLong(0x89504E470D0A1A0AL);
        chunk(png, "IHDR", new byte[13]);
        chunk(png, "IDAT", new byte[size]);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] data) {
        png.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(png.array(), png.position() - data.length - 4, data.length + 4);
        png.putInt((int) crc.getValue());
    }

    @Test
    void a_whole_png_has_its_end_and_every_part_of_it_has_not() {
        byte[] png = png(8);

        assertThat(PngEnd.isMissing(png)).isFalse();
        assertThat(PngEnd.isMissing(Arrays.copyOf(png, png.length + 7)))
                .as("something behind it")
                .isFalse();
        for (int length = 8; length < png.length - 4; length++) {
            assertThat(PngEnd.isMissing(Arrays.copyOf(png, length)))
                    .as("first %d bytes", length)
                    .isTrue();
        }
    }

    @Test
    void other_formats_are_none_of_its_business() {
        assertThat(PngEnd.isMissing(new byte[0])).isFalse();
        assertThat(PngEnd.isMissing("RIFF....WEBP".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(PngEnd.isMissing(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}))
                .isFalse();
    }

    @Test
    void a_chunk_of_a_hostile_length_is_an_end_that_is_missing() {
        byte[] png = png(8);
        png[8] = (byte) 0xff;

        assertThat(PngEnd.isMissing(png)).isTrue();
    }
}
