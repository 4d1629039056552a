package dev.gaze.example.command;

import dev.gaze.api.preset.PresetPack;
import dev.gaze.api.preset.PresetSelection;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which presets go with an idea. */
final class PresetOptions {
    @Option(
            names = "--preset",
            paramLabel = "<category>=<name>",
            description = "A preset, such as lighting=Moonlight. May be given again.")
    private Map<String, String> flat = new LinkedHashMap<>();

    @Option(names = "--pack", paramLabel = "<name>", description = "A pack of presets.")
    private @Nullable String pack;

    /** What was chosen; a name that nobody knows is refused before anybody is asked. */
    PresetSelection selection(Presets presets) {
        if (pack != null) {
            return pack(presets);
        }
        Map<String, Map<String, String>> known = presets.flat().categories();
        flat.forEach((category, name) -> {
            if (!known.containsKey(category)) {
                throw unknown("preset category", category, known.keySet());
            }
            if (!known.get(category).containsKey(name)) {
                throw unknown(
                        "preset in '%s'".formatted(category),
                        name,
                        known.get(category).keySet());
            }
        });
        return new PresetSelection.Flat(flat);
    }

    private PresetSelection pack(Presets presets) {
        return presets.packs().stream()
                .filter(known -> known.id().equals(pack) || known.name().equalsIgnoreCase(pack))
                .findFirst()
                .map(PresetPack::selections)
                .orElseThrow(() -> unknown(
                        "pack of presets",
                        String.valueOf(pack),
                        presets.packs().stream().map(PresetPack::name).toList()));
    }

    private static GazeException unknown(String what, String name, Collection<String> known) {
        return new GazeException(
                GazeException.Kind.NOT_FOUND,
                Problem.of("There is no %s '%s'".formatted(what, name)).fix(NearestNames.fix(name, known, "known")));
    }
}
