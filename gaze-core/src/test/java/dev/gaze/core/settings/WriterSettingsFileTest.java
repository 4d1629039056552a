package dev.gaze.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.writer.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code gaze.json} says about written prompts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WriterSettingsFileTest {
    @TempDir
    Path library;

    private WriterSettings read(String writer) throws IOException {
        Files.writeString(library.resolve("gaze.json"), "{\n\"writer\": " + writer + "}");
        return new SettingsFile(library).read(name -> null).writer();
    }

    @Test
    @Tag("P36")
    @Tag("P71")
    @Tag("P72")
    void limit_and_cache_are_off_until_they_are_asked_for() throws IOException {
        assertThat(new SettingsFile(library).read(name -> null).writer()).isEqualTo(WriterSettings.DEFAULT);
        assertThat(read("{}")).isEqualTo(WriterSettings.DEFAULT);
        assertThat(read("{\"rateLimit\": false}")).isEqualTo(WriterSettings.DEFAULT);
        assertThat(WriterSettings.DEFAULT.rateLimit()).isNull();
        assertThat(WriterSettings.DEFAULT.cached()).isZero();
        assertThat(read("{\"rateLimit\": true}").rateLimit()).isEqualTo(new RateLimit(10, 50, 200));
        assertThat(read("{\"rateLimit\": {\"hour\": 7}, \"cached\": 9, \"longest\": 500}"))
                .isEqualTo(new WriterSettings(new RateLimit(10, 7, 200), 9, 500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 'writer' is 7",
                "{\"rateLimit\": 10} | 'writer.rateLimit' is 10",
                "{\"rateLimit\": {\"day\": 0}} | 'writer.rateLimit.day' is 0; expected a whole number from 1",
                "{\"cached\": -1} | 'writer.cached' is -1",
                "{\"longest\": 1.5} | 'writer.longest' is 1.5",
                "{\"longest\": 99999999999999999999} | expected a whole number from 1 to 100000",
            })
    @Tag("P36")
    void what_cannot_be_meant_is_told_with_its_line(String writer, String told) {
        assertThatThrownBy(() -> read(writer))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining(told)
                .hasMessageContaining("gaze.json:2");
    }
}
