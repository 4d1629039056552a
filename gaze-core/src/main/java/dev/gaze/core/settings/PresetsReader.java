package dev.gaze.core.settings;

import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.core.preset.PresetSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads which presets are offered: {@code "flat"}, {@code "hierarchical"}, or {@code {mode, shipped, maxBytes}}.
 *
 * @param findings gets what is wrong
 */
record PresetsReader(Findings findings) {
    static final String PRESETS = "presets";
    private static final String MODE = "mode";
    private static final String SHIPPED = "shipped";
    private static final String MAX_BYTES = "maxBytes";

    PresetSettings read(@Nullable JsonValue given) {
        PresetSettings usual = PresetSettings.DEFAULT;
        if (given == null) {
            return usual;
        }
        if (given instanceof JsonObject object) {
            return new PresetSettings(
                    object.get(MODE)
                            .map(mode -> mode(mode, List.of(PRESETS, MODE)))
                            .orElse(usual.mode()),
                    object.get(SHIPPED).map(this::shipped).orElse(usual.shipped()),
                    object.get(MAX_BYTES).map(this::maxBytes).orElse(usual.maxBytes()));
        }
        return new PresetSettings(mode(given, List.of(PRESETS)), usual.shipped(), usual.maxBytes());
    }

    private PresetMode mode(JsonValue value, List<String> path) {
        List<String> known = Arrays.stream(PresetMode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                .toList();
        if (value instanceof JsonText text
                && known.contains(text.value().strip().toLowerCase(Locale.ROOT))) {
            return PresetMode.valueOf(text.value().strip().toUpperCase(Locale.ROOT));
        }
        findings.problem(
                path,
                "'%s' is %s; expected one of %s".formatted(String.join(".", path), value.describe(), known),
                value instanceof JsonText text ? NearestNames.fix(text.value(), known, "modes") : null);
        return PresetSettings.DEFAULT.mode();
    }

    private long maxBytes(JsonValue value) {
        if (value instanceof JsonNumber number
                && number.isWhole()
                && number.asBigInteger().signum() > 0
                && number.asBigInteger().bitLength() < Integer.SIZE) {
            return number.asBigInteger().longValue();
        }
        findings.problem(
                List.of(PRESETS, MAX_BYTES),
                "'%s.%s' is %s; expected a whole number from 1 to %d"
                        .formatted(PRESETS, MAX_BYTES, value.describe(), Integer.MAX_VALUE),
                null);
        return PresetSettings.DEFAULT.maxBytes();
    }

    private boolean shipped(JsonValue value) {
        if (value instanceof JsonBoolean truth) {
            return truth.value();
        }
        findings.problem(
                List.of(PRESETS, SHIPPED),
                "'%s.%s' is %s; expected true or false".formatted(PRESETS, SHIPPED, value.describe()),
                null);
        return PresetSettings.DEFAULT.shipped();
    }
}
