package dev.gaze.llm.writer;

import dev.gaze.api.preset.FlatPresets;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person says and the presets beside it, as one message for the model (P49). Presets that nobody knows are left
 * out, and those that cannot be looked up leave the bare text, each with a warning (P74).
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
                return new HierarchyLayout(presets, deep, warnings).message(text);
            }
            List<String> lines = lines(presets.flat(), (PresetSelection.Flat) chosen, warnings);
            return lines.isEmpty() ? text : form.of(lines);
        } catch (GazeException unreadable) {
            unreadable.problems().forEach(warnings);
            return text;
        }
    }

    /** The four known categories first, then others in the order of choice. */
    private static List<String> lines(FlatPresets flat, PresetSelection.Flat chosen, Consumer<Problem> warnings) {
        Set<String> ordered = new LinkedHashSet<>(FlatPresets.ALWAYS);
        ordered.addAll(chosen.names().keySet());
        List<String> lines = new ArrayList<>();
        for (String category : ordered) {
            chosen.flat(category)
                    .ifPresent(name -> flat.text(category, name)
                            .ifPresentOrElse(
                                    words -> lines.add(
                                            LABELS.getOrDefault(category, Words.title(category)) + ": " + words),
                                    () -> warnings.accept(unknown(flat, category, name))));
        }
        return lines;
    }

    private static Problem unknown(FlatPresets flat, String category, String name) {
        Map<String, String> presets = flat.categories().get(category);
        return presets == null
                ? leftOut("preset category", category, flat.categories().keySet())
                : leftOut("preset in '%s'".formatted(category), name, presets.keySet());
    }

    static Problem leftOut(String what, String name, Collection<String> known) {
        return Problem.of("There is no %s '%s', so it was left out".formatted(what, name))
                .fix(NearestNames.fix(name, known, "known"));
    }
}
