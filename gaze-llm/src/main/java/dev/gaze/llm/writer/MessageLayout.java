package dev.gaze.llm.writer;

import dev.gaze.api.preset.FlatPresets;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person says and the presets beside it, as one message for the model (P49). Presets that cannot be looked up
 * leave the bare text, with a warning.
 */
final class MessageLayout {
    private static final Map<String, String> LABELS =
            Map.of("styles", "Style", "artists", "Artist/Style", "composition", "Composition", "lighting", "Lighting");

    private final @Nullable Presets presets;

    MessageLayout(@Nullable Presets presets) {
        this.presets = presets;
    }

    /** For a prompt written in one go. */
    String oneShot(String text, PresetSelection chosen, Consumer<Problem> warnings) {
        return lay(
                text,
                chosen,
                warnings,
                lines -> "User's image idea: " + text + "\n\nSelected presets:\n" + String.join("\n", lines)
                        + "\n\nPlease create a detailed prompt incorporating these elements.");
    }

    /** For a message of a conversation. */
    String chat(String text, PresetSelection chosen, Consumer<Problem> warnings) {
        return lay(text, chosen, warnings, lines -> text + "\n\n[Selected presets: " + String.join("\n", lines) + "]");
    }

    private interface FlatForm {
        String of(List<String> lines);
    }

    private String lay(String text, PresetSelection chosen, Consumer<Problem> warnings, FlatForm form) {
        if (presets == null || chosen.toJson().members().isEmpty()) {
            return text;
        }
        try {
            if (chosen instanceof PresetSelection.Hierarchical deep) {
                return new HierarchyLayout(presets, deep).message(text);
            }
            List<String> lines = lines(presets.flat(), (PresetSelection.Flat) chosen);
            return lines.isEmpty() ? text : form.of(lines);
        } catch (GazeException unreadable) {
            unreadable.problems().forEach(warnings);
            return text;
        }
    }

    /** The four known categories first, then others in the order of choice. */
    private static List<String> lines(FlatPresets flat, PresetSelection.Flat chosen) {
        Map<String, String> ordered = new LinkedHashMap<>();
        FlatPresets.ALWAYS.forEach(category -> chosen.flat(category).ifPresent(name -> ordered.put(category, name)));
        chosen.names()
                .keySet()
                .forEach(category -> chosen.flat(category).ifPresent(name -> ordered.putIfAbsent(category, name)));
        List<String> lines = new ArrayList<>();
        ordered.forEach((category, name) -> flat.text(category, name)
                .ifPresent(words -> lines.add(LABELS.getOrDefault(category, Words.title(category)) + ": " + words)));
        return lines;
    }
}
