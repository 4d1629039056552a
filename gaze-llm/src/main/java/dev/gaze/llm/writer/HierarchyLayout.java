package dev.gaze.llm.writer;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.preset.PresetArtist;
import dev.gaze.api.preset.PresetCategory;
import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.preset.PresetOption;
import dev.gaze.api.preset.PresetQuestion;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.PresetType;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical selection as blocks of text, with a blank line between them. An id that nobody knows leaves out its line
 * and what hangs on it, with a warning; without a known category the text stays alone.
 *
 * @param presets where ids are looked up
 * @param chosen what was chosen
 * @param warnings told what was left out
 */
record HierarchyLayout(Presets presets, PresetSelection.Hierarchical chosen, Consumer<Problem> warnings) {

    /** Labels in the order of their lines, each with the keys it goes by. */
    private static final List<Map.Entry<String, List<String>>> UNIVERSAL = List.of(
            Map.entry("Mood", List.of("mood")),
            Map.entry("Time", List.of("time", "time_of_day")),
            Map.entry("Lighting", List.of("lighting")),
            Map.entry("Colors", List.of("colors", "color_palette")),
            Map.entry("Weather", List.of("weather", "weather_atmosphere")),
            Map.entry("Camera Effects", List.of("camera_effects")));

    String message(String text) {
        if (presets.mode() == PresetMode.FLAT) {
            warnings.accept(Problem.of("Hierarchical presets are switched off, so the chosen ones were left out")
                    .fix("choose flat ones, or set \"presets\": \"hierarchical\" in gaze.json"));
            return text;
        }
        Optional<PresetCategory> category =
                known("preset category", chosen.category(), presets.categories(), PresetCategory::id);
        if (category.isEmpty()) {
            return text;
        }
        List<String> blocks = new ArrayList<>(List.of(text));
        type(category.get()).ifPresent(type -> {
            Optional<PresetArtist> artist = artist(category.get(), type);
            blocks.add(style(category.get(), type, artist));
            artist.ifPresent(known -> {
                if (!chosen.technical().isEmpty()) {
                    blocks.add(technical(presets.technical(category.get().id(), type.id(), known.id())));
                }
                if (!chosen.specifics().members().isEmpty()) {
                    blocks.add(specifics());
                }
            });
        });
        blocks.add(universal());
        return blocks.stream().filter(block -> !block.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    private Optional<PresetType> type(PresetCategory category) {
        return known(
                "type in '%s'".formatted(category.id()), chosen.type(), presets.types(category.id()), PresetType::id);
    }

    private Optional<PresetArtist> artist(PresetCategory category, PresetType type) {
        return known(
                "artist in '%s'".formatted(type.id()),
                chosen.artist(),
                presets.artists(category.id(), type.id()),
                PresetArtist::id);
    }

    private <T> Optional<T> known(String what, @Nullable String id, List<T> all, Function<T, String> ids) {
        if (id == null) {
            return Optional.empty();
        }
        Optional<T> found =
                all.stream().filter(one -> ids.apply(one).equals(id)).findFirst();
        if (found.isEmpty()) {
            warnings.accept(
                    MessageLayout.leftOut(what, id, all.stream().map(ids).toList()));
        }
        return found;
    }

    private static String style(PresetCategory category, PresetType type, Optional<PresetArtist> artist) {
        Stream<String> ofArtist = artist.stream()
                .flatMap(known -> Stream.of(
                        line("Artist Style", known.name()),
                        line("Description", known.description()),
                        line("Signature", known.signature())));
        return Stream.concat(Stream.of(line("Style", category.name() + " > " + type.name())), ofArtist)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String line(String label, String value) {
        return value.isBlank() ? "" : label + ": " + value;
    }

    private String technical(List<PresetQuestion> questions) {
        List<String> lines = new ArrayList<>(List.of("Technical Details:"));
        chosen.technical()
                .forEach((key, id) -> known("technical option", key, questions, PresetQuestion::key)
                        .ifPresent(question -> known(
                                        "option of '%s'".formatted(key), id, question.options(), PresetOption::id)
                                .ifPresent(option -> lines.add("- " + question.name() + ": " + shown(option)))));
        return String.join("\n", lines);
    }

    private static String shown(PresetOption option) {
        if (option.isText()) {
            return Words.plain(option.id());
        }
        return option.name() + (option.description().isEmpty() ? "" : " (" + option.description() + ")");
    }

    private String specifics() {
        List<String> lines = new ArrayList<>(List.of("Scene Details:"));
        chosen.specifics().members().forEach((key, value) -> {
            if (value instanceof JsonObject parts) {
                parts.members()
                        .forEach((part, chosenPart) -> value(chosenPart)
                                .ifPresent(text ->
                                        lines.add("- " + Words.title(key) + " - " + Words.title(part) + ": " + text)));
            } else {
                value(value).ifPresent(text -> lines.add("- " + Words.title(key) + ": " + text));
            }
        });
        return String.join("\n", lines);
    }

    private String universal() {
        List<String> keys =
                UNIVERSAL.stream().flatMap(line -> line.getValue().stream()).toList();
        chosen.universal().members().keySet().forEach(key -> known("universal option", key, keys, Function.identity()));
        return UNIVERSAL.stream()
                .flatMap(line -> line.getValue().stream()
                        .flatMap(key -> chosen.universal().get(key).stream())
                        .flatMap(value -> value(value).stream())
                        .limit(1)
                        .map(text -> line.getKey() + ": " + text))
                .collect(Collectors.joining("\n"));
    }

    /** A single value with blanks for underscores, a list as it is; empty when nothing is said. */
    private static Optional<String> value(JsonValue value) {
        if (value instanceof JsonArray list) {
            return Optional.of(list.items().stream()
                            .filter(item -> item instanceof JsonText || item instanceof JsonNumber)
                            .map(item -> item instanceof JsonText text ? text.value() : item.toString())
                            .filter(item -> !item.isBlank())
                            .collect(Collectors.joining(", ")))
                    .filter(text -> !text.isEmpty());
        }
        if (value instanceof JsonText text) {
            return Optional.of(Words.plain(text.value())).filter(plain -> !plain.isBlank());
        }
        return value instanceof JsonNumber || value instanceof JsonBoolean
                ? Optional.of(value.toString())
                : Optional.empty();
    }
}
