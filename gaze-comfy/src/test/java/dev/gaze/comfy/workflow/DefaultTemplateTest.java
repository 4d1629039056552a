package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DefaultTemplateTest {
    private final ComfyWirer wirer = new ComfyWirer();
    private final WorkflowTemplate template = wirer.defaultTemplate();

    @Test
    @Tag("G15")
    @Tag("G16")
    void every_role_has_its_number() {
        assertThat(template.name()).isEqualTo("default");
        assertThat(template.graph().roles())
                .isEqualTo(Map.ofEntries(
                        Map.entry(Role.SAMPLER, "3"),
                        Map.entry(Role.CHECKPOINT, "4"),
                        Map.entry(Role.LATENT, "5"),
                        Map.entry(Role.POSITIVE, "6"),
                        Map.entry(Role.NEGATIVE, "7"),
                        Map.entry(Role.DECODE, "8"),
                        Map.entry(Role.SAVE, "9"),
                        Map.entry(Role.FACE_DETAILER, "11"),
                        Map.entry(Role.HAND_DETAILER, "13"),
                        Map.entry(Role.FACE_PROMPT, "14"),
                        Map.entry(Role.HAND_PROMPT, "15")));
    }

    @Test
    @Tag("G17")
    @Tag("G18")
    void the_four_loaders_serve_the_four_slots_in_chain_order() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("16", "character");
        expected.put("17", "outfit");
        expected.put("18", "action");
        expected.put("19", "style");
        assertThat(template.loraLoaders()).containsExactlyEntriesOf(expected);
    }

    @Test
    void it_says_nothing_of_its_own() {
        assertThat(template.texts()).isEqualTo(LiteralTexts.NONE);
    }

    @Test
    void without_loras_everybody_takes_from_the_checkpoint() {
        Workflow wired = wirer.wire(template, Plans.full().plan(), ServerFacts.unknown());
        for (String consumer : List.of("3", "11", "13")) {
            assertThat(wired.nodes().get(consumer).link("model")).contains(new Link("4", 0));
        }
        for (String consumer : List.of("6", "7", "11", "13", "14", "15")) {
            assertThat(wired.nodes().get(consumer).link("clip")).contains(new Link("4", 1));
        }
        assertThat(wired.warnings()).isEmpty();
        assertThat(wirer.check(wired, Plans.full().plan(), ServerFacts.unknown()))
                .isEmpty();
    }
}
