package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntryBytesTest {
    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_entry_is_read_as_it_was_written(long seed) {
        Random random = new Random(seed);
        String slug = text(random);
        String id = random.nextBoolean() ? slug : text(random);
        Entry entry = new Entry(
                slug,
                id,
                random.nextBoolean() ? id : text(random),
                random.nextInt(4) == 0 ? null : text(random),
                stamp(random),
                new ContentHash(random.nextLong(), random.nextLong()),
                random.nextBoolean() ? "" : text(random).repeat(2_000),
                random.nextBoolean() ? "" : text(random),
                random.nextBoolean()
                        ? null
                        : new Entry.Sidecar(
                                stamp(random), ContentHash.NONE, random.nextBoolean() ? null : text(random)));

        assertThat(EntryBytes.read(slug, EntryBytes.write(entry))).isEqualTo(entry);
    }

    @Test
    void a_format_of_another_version_is_told() {
        assertThatThrownBy(() -> EntryBytes.read("a", new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format 9");
    }

    private static FileStamp stamp(Random random) {
        return new FileStamp(random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** One to twelve characters of any plane. */
    private static String text(Random random) {
        return random.ints(1 + random.nextInt(12), 32, 0x1F600)
                .filter(c -> !Character.isSurrogate((char) c) || c > 0xFFFF)
                .collect(() -> new StringBuilder("x"), StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
