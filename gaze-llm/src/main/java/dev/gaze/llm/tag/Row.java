package dev.gaze.llm.tag;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one line of a list of tags; used again for the next. A tag holds no line break, so a line is a row, and
 * a quote that is never closed costs its own line only. Most lines hold no quotes, or a plain pair around a field, and
 * are cut here; the others are the CSV library's.
 */
final class Row {
    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder().allowUnclosedQuote(false);

    private byte[] bytes = {};
    private int[] begins = new int[16];
    private int[] ends = new int[16];
    private int fields;
    private boolean broken;

    /** Reads a line; the bytes stay the caller's, and the fields are good until those change. */
    void read(byte[] line, int begin, int end) {
        fields = 0;
        broken = false;
        int from = begin;
        while (from <= end) {
            int to = fieldEnd(line, from, end);
            if (to < 0) {
                readQuoted(new String(line, begin, end - begin, StandardCharsets.UTF_8));
                return;
            }
            boolean quoted = from < end && line[from] == '"';
            add(quoted ? from + 1 : from, quoted ? to - 1 : to);
            from = to + 1;
        }
        bytes = line;
    }

    /** Where a field ends; below zero when its quotes are more than one pair around all of it. */
    private static int fieldEnd(byte[] line, int from, int end) {
        int at = from;
        if (at < end && line[at] == '"') {
            do {
                at++;
            } while (at < end && line[at] != '"');
            at++;
            return at > end || at < end && line[at] != ',' ? -1 : at;
        }
        while (at < end && line[at] != ',') {
            if (line[at++] == '"') {
                return -1;
            }
        }
        return at;
    }

    private void readQuoted(String line) {
        List<String> texts;
        try {
            texts = CSV.ofSingleCsvRecord(line).getFields();
        } catch (CsvParseException malformed) {
            byte[] without = Texts.utf8(line.replace("\"", ""));
            read(without, 0, without.length);
            broken = true;
            return;
        }
        fields = 0;
        StringBuilder all = new StringBuilder();
        texts.forEach(all::append);
        bytes = Texts.utf8(all.toString());
        int at = 0;
        for (String text : texts) {
            int length = Texts.utf8(text).length;
            add(at, at + length);
            at += length;
        }
    }

    private void add(int begin, int end) {
        if (fields == begins.length) {
            begins = Arrays.copyOf(begins, 2 * fields);
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        begins[fields] = begin;
        ends[fields++] = end;
    }

    /** Whether its quotes were wrong; then it was read as if there were none. */
    boolean broken() {
        return broken;
    }

    int fields() {
        return fields;
    }

    byte[] bytes() {
        return bytes;
    }

    int begin(int field) {
        return begins[field];
    }

    int end(int field) {
        return ends[field];
    }

    /** A field as text, trimmed; blank when the row has no such field. */
    String text(int field) {
        return field < 0 || field >= fields
                ? ""
                : new String(bytes, begins[field], ends[field] - begins[field], StandardCharsets.UTF_8).strip();
    }
}
