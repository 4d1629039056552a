package dev.gaze.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {

    @Test
    void a_file_for_people_has_two_blanks_a_level_and_ends_with_a_line_feed() {
        JsonObject value = JsonObject.of("a", List.of(1, "x"), "b", JsonObject.empty(), "c", List.of());

        assertThat(new String(Json.pretty(value), UTF_8)).isEqualTo("""
                        {
                          "a": [
                            1,
                            "x"
                          ],
                          "b": {},
                          "c": []
                        }
                        """);
    }

    @Test
    void numbers_keep_the_text_they_were_written_with() {
        String text = "{\"w\":0.80,\"seed\":18446744073709551615,\"e\":1E-7,\"z\":-0}";

        assertThat(new String(Json.compact(Json.object(text)), UTF_8)).isEqualTo(text);
    }

    @Test
    void a_byte_order_mark_in_front_is_read_over() {
        assertThat(Json.object("\uFEFF{\"a\": 1}")).isEqualTo(JsonObject.of("a", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{\"a\":}",
                "{\"a\":1}}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "[1,]",
                "NaN",
                "{\"a\":01}"
            })
    void what_is_no_json_is_refused_with_its_place(String text) {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> Json.read(text.getBytes(UTF_8), JsonLimits.FILE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
                .satisfies(e -> assertThat(e.problems().get(0).where()).matches("\\d+:\\d+"));
    }

    @Test
    void nesting_beyond_the_limit_is_refused_without_an_overflow() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> Json.read(deep.getBytes(UTF_8), JsonLimits.FILE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void a_text_beyond_the_size_limit_is_refused() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> Json.read(new byte[1_000_001], JsonLimits.FILE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @Test
    void the_line_of_a_value_is_found_by_its_path() {
        byte[] file = "{\n \"a\": 1,\n \"lora\": {\n  \"w\": [\n   1,\n   2]}}".getBytes(UTF_8);

        assertThat(Json.line(file, List.of("a"))).hasValue(2);
        assertThat(Json.line(file, List.of("lora", "w", "1"))).hasValue(6);
        assertThat(Json.line(file, List.of("lora", "x"))).isEmpty();
        assertThat(Json.line("{".getBytes(UTF_8), List.of("a"))).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatever_is_written_is_read_back_the_same(long seed) {
        JsonValue value = any(new Random(seed), 5);

        assertThat(Json.read(Json.pretty(value), JsonLimits.FILE)).isEqualTo(value);
        assertThat(Json.read(Json.compact(value), JsonLimits.FILE)).isEqualTo(value);
        assertThat(Json.read(value.toString().getBytes(UTF_8), JsonLimits.FILE)).isEqualTo(value);
    }

    private static JsonValue any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> JsonValue.of(null);
            case 1 -> JsonValue.of(random.nextBoolean());
            case 2 -> JsonValue.of(random.nextLong());
            case 3 -> JsonValue.of(random.nextGaussian() * 1e3);
            case 4 -> JsonValue.of(text(random));
            case 5 -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(any(random, depth - 1));
                }
                yield JsonArray.of(items.toArray());
            }
            default -> {
                JsonObject object = JsonObject.empty();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object = object.with(text(random), any(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        String pieces = "aZ 09_\"\\\n\t\u0001é日😀{}[]:,/";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int at = random.nextInt(pieces.codePointCount(0, pieces.length()));
            text.appendCodePoint(pieces.codePointAt(pieces.offsetByCodePoints(0, at)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e2147483648", "-1e-99999999999", "1e10001", "[1, 1e999999999]"})
    void a_number_beyond_all_measure_is_refused_with_its_place_and_fills_no_memory(String json) {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> Json.read(json.getBytes(UTF_8), JsonLimits.FILE))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(Kind.INVALID);
                    assertThat(refused.problems().get(0).where()).startsWith("1:");
                });
    }
}
