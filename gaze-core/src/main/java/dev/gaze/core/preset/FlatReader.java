package dev.gaze.core.preset;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.preset.FlatPresets;
import dev.gaze.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts flat presets together, source by source; what is wrong with one preset leaves out that preset. */
final class FlatReader {
    private final Map<String, Map<String, String>> categories = new LinkedHashMap<>();
    private final PresetProblems problems;

    FlatReader(PresetProblems problems) {
        this.problems = problems;
    }

    FlatPresets presets() {
        return new FlatPresets(categories);
    }

    void read(PresetFile file) {
        file.json().members().forEach((category, value) -> {
            if (category.isBlank()) {
                problems.add(
                        () -> file.problem(List.of(category), "The name of a category is blank", "give it a name"));
            } else if (value instanceof JsonObject presets) {
                Map<String, String> into = category(category);
                presets.members().forEach((name, text) -> read(file, List.of(category, name), text, into));
            } else {
                problems.add(() -> file.problem(
                        List.of(category),
                        "Category '%s' is %s; expected {name: words}".formatted(category, value.describe()),
                        null));
            }
        });
    }

    private void read(PresetFile file, List<String> path, JsonValue value, Map<String, String> into) {
        String name = path.get(1);
        if (name.equals(FlatPresets.NONE)) {
            return; // always there, whatever a file says
        }
        if (name.isBlank()) {
            problems.add(
                    () -> file.problem(path, "The name of a preset in '%s' is blank".formatted(path.get(0)), null));
        } else if (value instanceof JsonText text && !text.value().isBlank()) {
            into.put(name, text.value());
        } else {
            problems.add(() -> file.problem(
                    path, "Preset '%s' is %s; expected its words".formatted(name, value.describe()), null));
        }
    }

    /**
     * Adds what a plugin brings.
     *
     * @param by its id, for problems
     */
    void read(String by, Map<String, String> presets) {
        Map<String, String> into = category(by);
        presets.forEach((name, text) -> {
            if (name == null || name.isBlank() || text == null || text.isBlank() && !name.equals(FlatPresets.NONE)) {
                problems.add(() -> Problem.of("A preset has no name or no words: '%s'".formatted(name))
                        .at("preset provider '%s'".formatted(by)));
            } else if (!name.equals(FlatPresets.NONE)) {
                into.put(name, text);
            }
        });
    }

    private Map<String, String> category(String name) {
        return categories.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
    }
}
