package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Ids that begin with their time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimeOrderedTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    @Test
    void an_id_is_a_uuid_of_version_7_and_tells_its_millisecond() {
        UUID id = TimeOrdered.id(NOW);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void what_is_later_comes_later_as_an_id_and_as_a_text() {
        Random random = new Random(7);
        List<UUID> ids = IntStream.range(0, 1_000)
                .mapToObj(i -> TimeOrdered.id(NOW.plusMillis(100L * i + random.nextInt(100))))
                .toList();

        assertThat(ids).isSorted();
        assertThat(ids.stream().map(UUID::toString)).isSorted();
    }

    @Test
    void within_one_millisecond_no_two_are_the_same() {
        assertThat(IntStream.range(0, 10_000).mapToObj(i -> TimeOrdered.id(NOW)))
                .doesNotHaveDuplicates();
    }
}
