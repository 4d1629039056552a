package dev.gaze.core.wildcard;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.LoraSuggestion;
import dev.gaze.core.file.DurableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which LoRAs go with which wildcards: {@code .state/loras.json} of a root, {@code {"hue.warm": [{"name": …}]}}. The nearest
 * parent of a wildcard's path that has links counts.
 *
 * @param links by dotted path
 * @param problems what is wrong with the files; what is right in them works
 */
record LoraLinks(Map<String, List<LoraSuggestion>> links, List<Problem> problems) {
    /** Where the links of a root stand, below it. */
    static final String FILE = ".state/loras.json";

    /** Reads the links of all roots; where two have the same path, the first root wins. */
    static LoraLinks of(List<Path> roots) {
        LoraLinks links = new LoraLinks(new HashMap<>(), new ArrayList<>());
        for (Path root : roots) {
            Path file = root.resolve(FILE);
            if (Files.isRegularFile(file)) {
                links.read(file);
            }
        }
        return links;
    }

    /** The LoRAs of these wildcards: each name once, highest priority first. */
    List<LoraSuggestion> of(Collection<String> wildcards) {
        Map<String, LoraSuggestion> found = new LinkedHashMap<>();
        for (String wildcard : wildcards) {
            for (LoraSuggestion lora : nearest(dotted(wildcard))) {
                found.merge(lora.name(), lora, (a, b) -> a.priority() >= b.priority() ? a : b);
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparingInt(LoraSuggestion::priority).reversed())
                .toList();
    }

    private List<LoraSuggestion> nearest(String path) {
        for (String here = path; ; here = here.substring(0, here.lastIndexOf('.'))) {
            List<LoraSuggestion> found = links.get(here);
            if (found != null || here.lastIndexOf('.') < 0) {
                return found == null ? List.of() : found;
            }
        }
    }

    private static String dotted(String path) {
        return WildcardIndex.key(path).replace('/', '.');
    }

    private void read(Path file) {
        try {
            JsonObject json = Json.object(DurableFile.read(file, JsonLimits.FILE.maxBytes()), JsonLimits.FILE);
            json.members().forEach((path, value) -> {
                List<LoraSuggestion> loras = new ArrayList<>();
                List<JsonValue> items = value instanceof JsonArray list ? list.items() : List.of(value);
                items.forEach(item -> read(item, file + ", " + path, loras));
                if (!loras.isEmpty()) {
                    links.putIfAbsent(dotted(path), loras);
                }
            });
        } catch (GazeException broken) {
            broken.problems()
                    .forEach(problem ->
                            problems.add(problem.at(file + (problem.where() == null ? "" : ":" + problem.where()))));
        }
    }

    private void read(JsonValue item, String where, List<LoraSuggestion> loras) {
        if (!(item instanceof JsonObject link)) {
            problems.add(Problem.of("A link is %s; expected an object with a name".formatted(item.describe()))
                    .at(where));
            return;
        }
        try {
            loras.add(new LoraSuggestion(
                    link.text("name").orElse("").strip(),
                    number(link, "model_weight"),
                    number(link, "clip_weight"),
                    link.text("trigger").orElse("").strip(),
                    link.number("priority").map(JsonNumber::asInt).orElse(0)));
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            problems.add(Problem.of(String.valueOf(wrong.getMessage())).at(where));
        }
    }

    private static double number(JsonObject link, String key) {
        return link.number(key).map(JsonNumber::asDouble).orElse(1.0);
    }
}
