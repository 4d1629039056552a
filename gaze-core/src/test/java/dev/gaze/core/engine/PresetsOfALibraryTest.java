package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.Gaze;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.problem.GazeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presets through the front door: settings, plugins, files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PresetsOfALibraryTest extends GazeTesting {
    private record Cameras(String id) implements PresetProvider {
        @Override
        public Map<String, String> presets() {
            return Map.of("Polaroid", "instant film border");
        }
    }

    private record Kit(String id, List<Extension> extensions) implements GazePlugin {}

    @Test
    @Tag("P7")
    void the_hierarchy_is_offered_unless_the_settings_say_flat() {
        assertThat(open().presets().mode()).isEqualTo(PresetMode.HIERARCHICAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"flat\" | FLAT | true",
                "\"Hierarchical\" | HIERARCHICAL | true",
                "{\"mode\": \"flat\"} | FLAT | true",
                "{\"shipped\": false} | HIERARCHICAL | false"
            })
    @Tag("P7")
    void the_settings_say_which_presets_are_offered(String setting, PresetMode mode, boolean shipped) {
        file("gaze.json", "{\"presets\": " + setting + "}");

        Gaze gaze = open();

        assertThat(gaze.presets().mode()).isEqualTo(mode);
        assertThat(gaze.presets().flat().text("styles", "Cinematic").isPresent())
                .isEqualTo(shipped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"flt\" | did you mean 'flat'",
                "7 | 'presets' is 7",
                "{\"mode\": true} | 'presets.mode' is true",
                "{\"shipped\": \"no\"} | 'presets.shipped' is \"no\"",
                "{\"maxBytes\": 0} | 'presets.maxBytes' is 0"
            })
    void what_the_settings_cannot_mean_is_told_with_its_line(String setting, String told) {
        file("gaze.json", "{\n\"presets\": " + setting + "}");

        assertThatThrownBy(this::open)
                .isInstanceOf(GazeException.class)
                .hasMessageContaining(told)
                .hasMessageContaining("gaze.json:2");
    }

    @Test
    @Tag("P70")
    void a_plugin_supplies_a_category_and_the_users_folder_is_beside_the_data() {
        file("presets/mine.json", "{\"cameras\": {\"Box\": \"box camera\"}}");

        Gaze gaze = open(builder().plugin(new Kit("example.kit", List.of(new Cameras("cameras")))));

        assertThat(gaze.presets().flat().categories().get("cameras")).containsOnlyKeys("None", "Polaroid", "Box");
    }

    @Test
    void two_plugins_with_one_category_are_a_conflict() {
        assertThatThrownBy(() -> open(builder()
                        .plugin(new Kit("example.kit", List.of(new Cameras("cameras"))))
                        .plugin(new Kit("example.other", List.of(new Cameras("cameras"))))))
                .hasMessageContaining("Preset category 'cameras'");
    }
}
