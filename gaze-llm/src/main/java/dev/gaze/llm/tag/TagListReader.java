package dev.gaze.llm.tag;

import dev.gaze.api.tag.TagCategories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads a list of tags: comma-separated, UTF-8, with or without a header, a byte order mark, categories and counts. A line
 * that cannot be read is a warning and costs that line. How much is read is limited, so that a wrong file does no harm.
 */
final class TagListReader {
    private static final int MOST_ROWS = 2_000_000;
    private static final int MOST_ALIASES = 8_000_000;
    private static final int MOST_BYTES = 200_000_000;
    private static final int LONGEST_NAME = 250;
    private static final int SAMPLE = 50;

    private final Lines lines;
    private final TagCategories scheme;
    private final Warnings warnings;
    private final TagRows rows = new TagRows();
    private final Row row = new Row();
    private long line;

    private TagListReader(InputStream in, TagCategories scheme, Warnings warnings) {
        lines = new Lines(in);
        this.scheme = scheme;
        this.warnings = warnings;
    }

    /**
     * Reads a list.
     *
     * @param in the bytes; the caller closes it
     * @param scheme how it numbers its categories, for lists that do not name their columns
     * @param warnings gets what is wrong
     * @return the rows; empty when no line is one
     * @throws IOException when the bytes cannot be read
     */
    static TagRows read(InputStream in, TagCategories scheme, Warnings warnings) throws IOException {
        TagListReader reader = new TagListReader(in, scheme, warnings);
        reader.read();
        return reader.rows;
    }

    private void read() throws IOException {
        List<byte[]> sample = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        while (sample.size() < SAMPLE && nextLine()) {
            byte[] bytes = Arrays.copyOfRange(lines.bytes(), lines.begin(), lines.end());
            sample.add(bytes);
            numbers.add(line);
            row.read(bytes, 0, bytes.length);
            List<String> fields = new ArrayList<>();
            for (int field = 0; field < Math.min(row.fields(), SAMPLE); field++) {
                fields.add(row.text(field));
            }
            cells.add(fields);
        }
        if (sample.isEmpty()) {
            return;
        }
        Columns columns = Columns.of(cells, scheme);
        for (int i = columns.header() ? 1 : 0; i < sample.size(); i++) {
            line = numbers.get(i);
            take(sample.get(i), 0, sample.get(i).length, columns);
        }
        while (nextLine()) {
            if (!roomLeft()) {
                return;
            }
            take(lines.bytes(), lines.begin(), lines.end(), columns);
        }
    }

    /** Goes on to the next line that is neither empty nor endless. */
    private boolean nextLine() throws IOException {
        while (lines.next()) {
            line = lines.number();
            if (lines.tooLong()) {
                warnings.add(line, "The line is longer than %d bytes".formatted(Lines.LONGEST), "cut it, or remove it");
            } else if (lines.end() > lines.begin()) {
                return true;
            }
        }
        return false;
    }

    private boolean roomLeft() {
        if (rows.count() < MOST_ROWS && rows.texts() - rows.count() < MOST_ALIASES && rows.size() < MOST_BYTES) {
            return true;
        }
        warnings.add(
                line,
                "The list goes on beyond %,d tags, %,d aliases or %,d bytes of names; the rest is not read"
                        .formatted(MOST_ROWS, MOST_ALIASES, MOST_BYTES),
                "put the tags used most first and cut the list");
        return false;
    }

    private void take(byte[] bytes, int begin, int end, Columns columns) {
        row.read(bytes, begin, end);
        if (row.broken()) {
            warnings.add(
                    line,
                    "A quote stands where none belongs, or is never closed; the line was read without its quotes",
                    "write fields with commas or quotes in quotes, and quotes in them twice");
        }
        int count = columns.count();
        int category = columns.category();
        boolean added = name(columns.name(), number(count, 0, Long.MAX_VALUE), category(category));
        if (added && columns.aliases() >= 0) {
            // aliases without quotes run into columns of their own
            boolean last = columns.aliases() > Math.max(columns.name(), Math.max(count, category));
            int behind = Math.min(row.fields(), last ? row.fields() : columns.aliases() + 1);
            for (int field = columns.aliases(); field < behind; field++) {
                aliases(field);
            }
        }
    }

    private boolean name(int field, long count, int category) {
        byte[] bytes = row.bytes();
        int begin = begin(field);
        int end = end(field);
        if (isPlain(bytes, begin, end)) {
            rows.add(bytes, begin, end, category, count);
            return true;
        }
        byte[] name = spelled(bytes, begin, end);
        if (name.length == 0) {
            warnings.add(
                    line,
                    "'%s' is no name of a tag".formatted(shown(row.text(field))),
                    "a name has 1 to %d characters of valid UTF-8, without commas and control characters"
                            .formatted(LONGEST_NAME));
            return false;
        }
        rows.add(name, 0, name.length, category, count);
        return true;
    }

    private void aliases(int field) {
        byte[] bytes = row.bytes();
        int from = row.begin(field);
        for (int at = from; at <= row.end(field); at++) {
            if (at == row.end(field) || bytes[at] == ',') {
                if (isPlain(bytes, from, at)) {
                    rows.alias(bytes, from, at);
                } else if (from < at) { // most tags have no alias at all
                    byte[] alias = spelled(bytes, from, at);
                    if (alias.length > 0) {
                        rows.alias(alias, 0, alias.length);
                    }
                }
                from = at + 1;
            }
        }
    }

    /** Whether a name needs no change: printable ASCII without capitals, blanks and commas, and not too long. */
    private static boolean isPlain(byte[] bytes, int begin, int end) {
        for (int at = begin; at < end; at++) {
            byte b = bytes[at];
            if (b <= ' ' || b == ',' || b == 127 || b >= 'A' && b <= 'Z') {
                return false;
            }
        }
        return end > begin && end - begin <= LONGEST_NAME;
    }

    /** A name as it stands in the table; empty when it is none. */
    private static byte[] spelled(byte[] bytes, int begin, int end) {
        String name = TagName.of(new String(bytes, begin, end - begin, StandardCharsets.UTF_8));
        boolean wrong = name.length() > LONGEST_NAME
                || name.chars().anyMatch(c -> c == ',' || c == '\uFFFD' || Character.isISOControl(c));
        return Texts.utf8(wrong ? "" : name);
    }

    /** A category by its number or its name. */
    private int category(int field) {
        if (!isDigits(field)) {
            String text = row.text(field);
            for (Map.Entry<Integer, String> known : scheme.names().entrySet()) {
                if (known.getValue().equalsIgnoreCase(text)) {
                    return known.getKey();
                }
            }
        }
        return (int) number(field, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** The number in a field; 0 when it is missing, and, with a warning, when it is none. */
    private long number(int field, long least, long most) {
        long number = 0;
        if (isDigits(field)) {
            for (int at = begin(field); at < end(field); at++) {
                number = 10 * number + row.bytes()[at] - '0';
            }
        } else {
            String text = row.text(field); // blanks alone are none
            try {
                number = text.isEmpty() ? 0 : Long.parseLong(text);
            } catch (NumberFormatException noNumber) {
                number = Long.MIN_VALUE;
            }
        }
        if (number < least || number > most) {
            warnings.add(
                    line,
                    "'%s' is no number of %d or more; it counts as 0".formatted(shown(row.text(field)), least),
                    null);
            return 0;
        }
        return number;
    }

    /** Whether a field is a plain number that fits into a long, or missing. */
    private boolean isDigits(int field) {
        int begin = begin(field);
        int end = end(field);
        for (int at = begin; at < end; at++) {
            if (row.bytes()[at] < '0' || row.bytes()[at] > '9') {
                return false;
            }
        }
        return end - begin < 18;
    }

    private int begin(int field) {
        return field < 0 || field >= row.fields() ? 0 : row.begin(field);
    }

    private int end(int field) {
        return field < 0 || field >= row.fields() ? 0 : row.end(field);
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
