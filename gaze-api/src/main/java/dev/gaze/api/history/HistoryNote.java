package dev.gaze.api.history;

import dev.gaze.api.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to write down. Immutable: every call returns a changed copy. Texts beyond 500,000 characters are cut when they
 * are written down.
 *
 * @param mode how it came about
 * @param input what was asked, as it was typed
 * @param output the finished words
 * @param negative the finished negative; blank for none
 * @param model what the words are for: a kind of model such as {@code sdxl}, or a checkpoint; blank when the workflow
 *     decides
 * @param writtenBy the language model that wrote them; null when none did
 * @param presets the chosen presets, a hierarchical selection below {@code hierarchical}
 * @param request everything asked for, as JSON; of a picture also what came of it, below {@code resolved}: the words for
 *     face and hand, the seed of every role, the LoRAs
 * @param parent what it was refined from; null for none
 */
public record HistoryNote(
        HistoryMode mode,
        String input,
        String output,
        String negative,
        String model,
        @Nullable String writtenBy,
        JsonObject presets,
        JsonObject request,
        @Nullable HistoryId parent) {

    /** Checks that nothing is missing. */
    public HistoryNote {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(negative, "negative");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(presets, "presets");
        Objects.requireNonNull(request, "request");
    }

    /**
     * A note of the essentials.
     *
     * @param mode how it came about
     * @param input what was asked
     * @param output the finished words
     * @param model what they are for
     * @return the note
     */
    public static HistoryNote of(HistoryMode mode, String input, String output, String model) {
        return new HistoryNote(mode, input, output, "", model, null, JsonObject.empty(), JsonObject.empty(), null);
    }

    /**
     * With a negative.
     *
     * @param negative the finished negative
     * @return a changed copy
     */
    public HistoryNote negative(String negative) {
        return new HistoryNote(mode, input, output, negative, model, writtenBy, presets, request, parent);
    }

    /**
     * With the language model that wrote it.
     *
     * @param model its name; null for none
     * @return a changed copy
     */
    public HistoryNote writtenBy(@Nullable String model) {
        return new HistoryNote(mode, input, output, negative, this.model, model, presets, request, parent);
    }

    /**
     * With chosen presets.
     *
     * @param presets as {@link dev.gaze.api.preset.PresetSelection#toJson} writes them
     * @return a changed copy
     */
    public HistoryNote presets(JsonObject presets) {
        return new HistoryNote(mode, input, output, negative, model, writtenBy, presets, request, parent);
    }

    /**
     * With everything that was asked for.
     *
     * @param request as JSON
     * @return a changed copy
     */
    public HistoryNote request(JsonObject request) {
        return new HistoryNote(mode, input, output, negative, model, writtenBy, presets, request, parent);
    }

    /**
     * With what it was refined from.
     *
     * @param parent an entry; null for none
     * @return a changed copy
     */
    public HistoryNote parent(@Nullable HistoryId parent) {
        return new HistoryNote(mode, input, output, negative, model, writtenBy, presets, request, parent);
    }
}
