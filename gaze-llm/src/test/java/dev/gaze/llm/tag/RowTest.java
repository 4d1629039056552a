package dev.gaze.llm.tag;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RowTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void a_line_has_the_fields_the_csv_library_finds(long seed) {
        Random random = new Random(seed);
        Row row = new Row();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int length = 1 + random.nextInt(10); length > 0; length--) {
                line.append("ab,,\"\"".charAt(random.nextInt(6)));
            }
            byte[] bytes = Texts.utf8(line.toString());

            row.read(bytes, 0, bytes.length);

            try {
                List<String> wanted = CsvReader.builder()
                        .allowUnclosedQuote(false)
                        .ofSingleCsvRecord(line.toString())
                        .getFields();
                assertThat(fields(row)).as(line.toString()).isEqualTo(wanted);
                assertThat(row.broken()).as(line.toString()).isFalse();
            } catch (CsvParseException malformed) {
                assertThat(row.broken()).as(line.toString()).isTrue();
            }
        }
    }

    private static List<String> fields(Row row) {
        List<String> fields = new ArrayList<>();
        for (int field = 0; field < row.fields(); field++) {
            fields.add(row.text(field));
        }
        return fields;
    }
}
