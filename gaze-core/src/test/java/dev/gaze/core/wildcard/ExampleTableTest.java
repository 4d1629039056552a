package dev.gaze.core.wildcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.template.TemplateRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of PROMPTS 5 that need files, on a folder of them. The other rows stand in TemplateGrammarTest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D30")
class ExampleTableTest extends WildcardTesting {
    @BeforeEach
    void fill() {
        file("hue/warm.txt", "red\namber\n");
        file("hue/cold.txt", "teal\n2::navy\n");
        file("pet.txt", "a ${size:small} ${kind}\n");
        file("frame.txt", "poster of ..., flat colors\n");
        file("set.yaml", """
                place:
                  indoor: [attic, cellar]
                  outdoor: [pier]
                time: noon
                """);
        file("scene/beach.yaml", """
                templates: ["[sky] sky, [sea] sea"]
                sky: [clear, cloudy]
                sea: [calm]
                """);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{2$$ $$__hue/warm__};red amber·amber red",
                "__cold__;teal·navy",
                "__none__;__none__",
                "__place/indoor__;attic·cellar",
                "__set/place/outdoor__;pier",
                "__time__;noon",
                "__pet(kind=hen, size={big|tiny})__;a big hen·a tiny hen",
                "%{__frame__$$a fox};poster of a fox, flat colors",
                "{place:indoor};attic·cellar",
                "{beach};clear sky, calm sea·cloudy sky, calm sea",
                "{beach: [sea], [sky]};calm, clear·calm, cloudy",
                "(__hue/warm__:1.2), [a|b];(red:1.2), [a|b]·(amber:1.2), [a|b]",
            })
    void every_row_gives_its_results_in_order(String template, String results) {
        assertThat(all(template)).isEqualTo(Arrays.asList(results.split("·")));
    }

    @Test
    void a_pattern_pools_all_it_matches_file_by_file() {
        // Files stand in the order of their names, which is the same on every machine: cold before warm.
        assertThat(all("__hue/*__")).containsExactly("teal", "navy", "red", "amber");
    }

    @Test
    void a_variable_of_the_caller_may_name_a_wildcard() {
        assertThat(all(TemplateRequest.of("__hue/${t}__").with("t", "cold"))).containsExactly("teal", "navy");
    }

    @Test
    void the_missing_one_is_told() {
        assertThat(run(TemplateRequest.of("__none__")).get(0).warnings())
                .singleElement()
                .asString()
                .contains("There is no wildcard 'none'");
    }

    @Test
    void paths_may_choose() {
        assertThat(all("__hue/{warm|cold}__")).isEqualTo(List.of("red", "amber", "teal", "navy"));
    }
}
