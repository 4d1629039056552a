package dev.gaze.core.history;

import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.core.store.Direct;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of the history, written and read. */
final class HistoryTable {
    /** The most characters of one text: both of them in lower case still fit into one column of H2. */
    static final int LONGEST = 500_000;

    private static final int LONGEST_SEARCHED = 1_040_000;

    /** Stands between input and output, so that nothing is found that begins in one and ends in the other. */
    private static final char BETWEEN = '\u001E';

    private static final String COLUMNS = "select id, made, mode, input, output, negative, model, written_by, presets,"
            + " request, parent, job, images from prompt_history ";
    private static final String INSERT =
            "insert into prompt_history (made, mode, input, output, negative, model, written_by,"
                    + " presets, request, job, images, searched, parent) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ";
    private static final JsonLimits LIMITS = new JsonLimits(8_000_000, 200);

    private HistoryTable() {}

    /**
     * Writes what somebody has written.
     *
     * @return its id
     */
    static HistoryId insert(Handle handle, HistoryNote note, Instant now) {
        return Direct.change(
                handle,
                INSERT + "?)",
                List.of("id"),
                row -> new HistoryId(row.getLong(1)),
                values(
                        note,
                        null,
                        List.of(),
                        now,
                        note.parent() == null ? null : note.parent().value()));
    }

    /** Writes what a job has made; it comes from the prompt that its job was told of. */
    static void insert(Handle handle, HistoryNote note, JobId job, List<ImageId> images, Instant now) {
        Direct.execute(
                handle,
                INSERT + "(select parent from prompt_history_origin where job = ?))",
                values(note, job, images, now, job.value()));
    }

    private static @Nullable Object[] values(
            HistoryNote note, @Nullable JobId job, List<ImageId> images, Instant now, @Nullable Object parent) {
        String input = kept(note.input());
        String output = kept(note.output());
        return new @Nullable Object[] {
            time(now),
            note.mode().id(),
            input,
            output,
            kept(note.negative()),
            kept(note.model()),
            note.writtenBy() == null ? null : kept(note.writtenBy()),
            write(note.presets()),
            write(note.request()),
            job == null ? null : job.value(),
            write(images),
            searched(input, output),
            parent
        };
    }

    static Optional<HistoryEntry> find(Handle handle, String where, Object value) {
        return handle.createQuery(COLUMNS + where)
                .bind("value", value)
                .map((rows, context) -> entry(rows))
                .findOne();
    }

    static List<HistoryEntry> select(Handle handle, String rest, Map<String, ?> values) {
        return handle.createQuery(COLUMNS + rest)
                .bindMap(values)
                .map((rows, context) -> entry(rows))
                .list();
    }

    private static HistoryEntry entry(ResultSet rows) throws SQLException {
        long parent = rows.getLong("parent");
        HistoryId from = rows.wasNull() ? null : new HistoryId(parent);
        UUID job = rows.getObject("job", UUID.class);
        return new HistoryEntry(
                new HistoryId(rows.getLong("id")),
                rows.getObject("made", OffsetDateTime.class).toInstant(),
                new HistoryNote(
                        HistoryMode.valueOf(rows.getString("mode").toUpperCase(Locale.ROOT)),
                        rows.getString("input"),
                        rows.getString("output"),
                        rows.getString("negative"),
                        rows.getString("model"),
                        rows.getString("written_by"),
                        json(rows.getString("presets")),
                        json(rows.getString("request")),
                        from),
                job == null ? null : new JobId(job),
                images(Json.read(rows.getString("images").getBytes(StandardCharsets.UTF_8), LIMITS)));
    }

    private static List<ImageId> images(JsonValue paths) {
        return paths instanceof JsonArray list
                ? list.items().stream()
                        .filter(JsonText.class::isInstance)
                        .map(path -> new ImageId(((JsonText) path).value()))
                        .toList()
                : List.of();
    }

    /** Empty when it cannot be read, so that one odd entry does not hide the others. */
    static JsonObject json(String text) {
        try {
            return Json.object(text.getBytes(StandardCharsets.UTF_8), LIMITS);
        } catch (GazeException odd) {
            return JsonObject.empty();
        }
    }

    /** What is longer than a column of H2 is left out, and the rest of the entry is kept. */
    private static String write(JsonObject json) {
        String text = new String(Json.compact(json), StandardCharsets.UTF_8);
        return text.length() > LONGEST_SEARCHED ? "{}" : text;
    }

    private static String write(List<ImageId> images) {
        JsonValue paths = JsonValue.of(images.stream().map(ImageId::path).toList());
        return new String(Json.compact(paths), StandardCharsets.UTF_8);
    }

    /** A text as both databases can keep it: not too long, no NUL, no half of a surrogate pair. */
    static String kept(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static String searched(String input, String output) {
        String searched = folded(input) + BETWEEN + folded(output);
        return searched.length() > LONGEST_SEARCHED ? kept(searched.substring(0, LONGEST_SEARCHED)) : searched;
    }

    /** A text without regard to case; by Java's rules, since those of a server depend on its locale. */
    static String folded(String text) {
        return kept(text).replace(BETWEEN, ' ').toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
