package dev.gaze.api.writer;

import dev.gaze.api.history.HistoryId;
import dev.gaze.api.preset.PresetSelection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt is to be written from (P60). Immutable: every call returns a changed copy.
 *
 * @param text what the person says, trimmed; a blank one is refused when it is used
 * @param target the id of a {@link PromptTarget}; null or unknown stands for {@link PromptTarget#FLUX}, within a
 *     conversation null for the one it has
 * @param presets what was chosen
 * @param model the language model; null for the default one
 * @param parent the entry of the history this refines; null for none. A conversation knows its own
 */
public record WriteRequest(
        String text,
        @Nullable String target,
        PresetSelection presets,
        @Nullable String model,
        @Nullable HistoryId parent) {

    /** Trims the text; a blank target or model becomes null. */
    public WriteRequest {
        text = text.strip();
        target = target == null || target.isBlank() ? null : target.strip();
        model = model == null || model.isBlank() ? null : model.strip();
        Objects.requireNonNull(presets, "presets");
    }

    /**
     * A request with nothing but words.
     *
     * @param text what the person says
     * @return the request
     */
    public static WriteRequest of(String text) {
        return new WriteRequest(text, null, PresetSelection.NONE, null, null);
    }

    /**
     * For another kind of image model.
     *
     * @param target the id of a target; null for the usual one
     * @return a changed copy
     */
    public WriteRequest target(@Nullable String target) {
        return new WriteRequest(text, target, presets, model, parent);
    }

    /**
     * With chosen presets.
     *
     * @param presets flat or hierarchical
     * @return a changed copy
     */
    public WriteRequest presets(PresetSelection presets) {
        return new WriteRequest(text, target, presets, model, parent);
    }

    /**
     * By another language model.
     *
     * @param model its name; null for the default one
     * @return a changed copy
     */
    public WriteRequest model(@Nullable String model) {
        return new WriteRequest(text, target, presets, model, parent);
    }

    /**
     * As a refinement of an earlier prompt.
     *
     * @param parent its entry in the history; null for none
     * @return a changed copy
     */
    public WriteRequest refining(@Nullable HistoryId parent) {
        return new WriteRequest(text, target, presets, model, parent);
    }
}
