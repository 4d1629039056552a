package dev.gaze.api.history;

import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that was written down (P37).
 *
 * @param id names it
 * @param made when it was written down, exact to the microsecond
 * @param note what was asked and what came of it
 * @param job the job that made the pictures; null for a written prompt
 * @param images the pictures of this entry; those of entries that were refined from it are told by
 *     {@link History#images}
 */
public record HistoryEntry(
        HistoryId id,
        Instant made,
        HistoryNote note,
        @Nullable JobId job,
        List<ImageId> images) {

    /** Copies the images. */
    public HistoryEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(note, "note");
        images = List.copyOf(images);
    }

    /**
     * The entry as it is exported: {@code id}, {@code timestamp} (ISO-8601, UTC), {@code user_input},
     * {@code generated_output}, {@code model}, {@code presets}, {@code mode}, and behind them {@code negative},
     * {@code written_by}, {@code parent}, {@code job}, {@code images}, {@code request}.
     *
     * @return an object with all of these keys
     */
    public JsonObject toJson() {
        HistoryId parent = note.parent();
        return JsonObject.of(
                "id", id.value(),
                "timestamp", made.toString(),
                "user_input", note.input(),
                "generated_output", note.output(),
                "model", note.model(),
                "presets", note.presets(),
                "mode", note.mode().id(),
                "negative", note.negative(),
                "written_by", note.writtenBy(),
                "parent", parent == null ? JsonNull.NULL : JsonValue.of(parent.value()),
                "job", job == null ? JsonNull.NULL : JsonValue.of(job.toString()),
                "images", images.stream().map(ImageId::path).toList(),
                "request", note.request());
    }

    /** {@code 12  2026-11-21T09:00:00Z  chat  sdxl  brighter}; long requests are cut. */
    @Override
    public String toString() {
        String line = note.input().lines().findFirst().orElse("");
        return "%s  %s  %s  %s  %s"
                .formatted(
                        id,
                        made,
                        note.mode().id(),
                        note.model(),
                        line.length() > 80 ? line.substring(0, 80) + "…" : line);
    }
}
