package dev.gaze.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.asset.Category;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.LoraPolicy;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.Selection;
import dev.gaze.core.prompt.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything about a picture that is not words. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlannerTest {
    private final Shelf shelf = new Shelf()
            .put("character", "ann", lora("Illustrious/Looks/ann.safetensors", "'lora_weight': 0.7"))
            .put("character", "bare", "{}")
            .put("look", "night", lora("Illustrious/Looks/night.safetensors", ""))
            .put("look", "words", "{'positive': 'night', 'lora': {'lora_name': '', 'lora_triggers': 'x'}}")
            .put("outfit", "coat", lora("coat.safetensors", ""))
            .put("outfit", "cape", lora("cape.safetensors", "'lora_weight': 0.5"))
            .put("outfit", "rags", "{'wardrobe': {'top': 'rags'}}")
            .put("action", "wave", lora("wave.safetensors", ""))
            .put("style", "ink", lora("ink.safetensors", ""))
            .put("detailer", "eyes", lora("eyes.safetensors", ""))
            .put("scene", "shore", lora("shore.safetensors", ""))
            .put("checkpoint", "noob/x.safetensors", """
                    {'checkpoint_path': 'noob/x.safetensors', 'steps': 30, 'cfg': 6.5, 'sampler_name': 'euler',
                     'scheduler': 'karras', 'vae': 'sdxl.safetensors'}""");

    private static String lora(String file, String more) {
        return "{'lora': {'lora_name': '%s'%s}}".formatted(file, more.isEmpty() ? "" : ", " + more);
    }

    private Planner planner(Shelf shelf) {
        return new Planner(shelf.installed(), new Random(3));
    }

    private Cast cast(GenerationRequest request) {
        return shelf.composer().cast(request.selection(), Optional.empty());
    }

    private List<String> chain(LoraPolicy policy, String... keys) {
        GenerationRequest request = GenerationRequest.mix().loras(policy);
        for (String key : keys) {
            request = request.with(key.split("/")[0], key.split("/")[1]);
        }
        return planner(shelf).loras(cast(request), policy).stream()
                .map(PlannerTest::written)
                .toList();
    }

    private static String written(PlannedLora lora) {
        return "%s %s %s".formatted(lora.slot(), lora.lora().file(), lora.lora().modelStrength());
    }

    private RenderPlan plan(UnaryOperator<GenerationRequest> wanted) {
        return plan(wanted, planner(shelf));
    }

    private RenderPlan plan(UnaryOperator<GenerationRequest> wanted, Planner planner) {
        GenerationRequest request = wanted.apply(GenerationRequest.mix());
        Cast cast = cast(request);
        Prompt prompt = shelf.composer().compose(request.selection(), cast, LiteralTexts.NONE);
        return planner.plan(request, cast, prompt);
    }

    // LoRA chain -----------------------------------------------------------------------------------------------------

    @Test
    @Tag("G17")
    @Tag("G18")
    @Tag("G30")
    @Tag("G79")
    @Tag("I20")
    void one_lora_for_each_slot_in_slot_order_with_the_weight_of_its_category() {
        assertThat(chain(
                        LoraPolicy.SLOTS,
                        "scene/shore",
                        "detailer/eyes",
                        "style/ink",
                        "action/wave",
                        "outfit/coat",
                        "outfit/cape",
                        "character/ann"))
                .containsExactly(
                        "character Illustrious/Looks/ann.safetensors 0.7",
                        "outfit coat.safetensors 0.8",
                        "action wave.safetensors 1.0",
                        "style ink.safetensors 1.0");
        assertThat(chain(LoraPolicy.SLOTS, "scene/shore", "detailer/eyes"))
                .containsExactly("style eyes.safetensors 1.0");
        assertThat(chain(LoraPolicy.SLOTS, "scene/shore")).containsExactly("style shore.safetensors 1.0");
        assertThat(chain(LoraPolicy.SLOTS, "character/bare")).isEmpty();
    }

    @Test
    @Tag("G159")
    void an_asset_without_a_file_leaves_its_slot_to_the_next() {
        assertThat(chain(LoraPolicy.SLOTS, "outfit/rags", "outfit/cape", "outfit/coat"))
                .containsExactly("outfit cape.safetensors 0.5");
    }

    @ParameterizedTest
    @EnumSource(LoraPolicy.class)
    @Tag("G17")
    @Tag("G29")
    @Tag("G76")
    void a_look_stands_in_for_its_character_when_it_names_a_file(LoraPolicy policy) {
        assertThat(chain(policy, "character/ann", "look/night"))
                .containsExactly("character Illustrious/Looks/night.safetensors 0.85");
        assertThat(chain(policy, "character/ann", "look/words"))
                .containsExactly("character Illustrious/Looks/ann.safetensors 0.7");
        assertThat(chain(policy, "look/night")).containsExactly("character Illustrious/Looks/night.safetensors 0.85");
    }

    @Test
    @Tag("I20")
    @Tag("I43")
    void stacked_every_chosen_lora_stands_by_slot_priority_and_choice() {
        assertThat(chain(
                        LoraPolicy.STACK_ALL,
                        "scene/shore",
                        "detailer/eyes",
                        "style/ink",
                        "outfit/coat",
                        "outfit/cape",
                        "character/ann"))
                .containsExactly(
                        "character Illustrious/Looks/ann.safetensors 0.7",
                        "outfit coat.safetensors 0.8",
                        "outfit cape.safetensors 0.5",
                        "style ink.safetensors 1.0",
                        "style eyes.safetensors 1.0",
                        "style shore.safetensors 1.0");
    }

    @Test
    @Tag("I25")
    void two_files_of_one_name_in_different_folders_are_two() {
        shelf.put("style", "a", lora("one/soft.safetensors", "'lora_weight': 0.3"))
                .put("style", "b", lora("two/soft.safetensors", "'lora_weight': 0.4"));

        assertThat(chain(LoraPolicy.STACK_ALL, "style/a", "style/b"))
                .containsExactly("style one/soft.safetensors 0.3", "style two/soft.safetensors 0.4");
        assertThat(plan(r -> r.with("style", "a").with("style", "b").loras(LoraPolicy.STACK_ALL))
                        .warnings())
                .isEmpty();
    }

    @Test
    @Tag("I25")
    @Tag("I43")
    void one_file_named_twice_is_a_warning_that_tells_the_sum() {
        shelf.put("style", "a", lora("soft.safetensors", "'lora_weight': 0.25"))
                .put("style", "b", lora("soft.safetensors", "'lora_weight': 0.5"));

        RenderPlan plan = plan(r -> r.with("style", "a").with("style", "b").loras(LoraPolicy.STACK_ALL));

        assertThat(plan.loras()).hasSize(2);
        assertThat(plan.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.what()).contains("soft.safetensors", "twice", "0.75");
            assertThat(warning.where()).isEqualTo("style/a and style/b");
        });
    }

    @Test
    @Tag("I43")
    void a_strength_above_one_is_a_warning_and_zero_is_passed_on() {
        shelf.put("style", "loud", lora("loud.safetensors", "'strength_model': 0, 'strength_clip': 1.2"));

        RenderPlan plan = plan(r -> r.with("style", "loud"));

        assertThat(plan.loras().get(0).lora().modelStrength()).isZero();
        assertThat(plan.loras().get(0).lora().clipStrength()).isEqualTo(1.2);
        assertThat(plan.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("loud.safetensors", "1.2"));
        assertThat(plan(r -> r.with("style", "ink")).warnings()).isEmpty();
    }

    @Test
    @Tag("I40")
    @Tag("G140")
    void loras_that_cannot_be_are_refused_all_at_once_by_the_name_of_their_asset() {
        shelf.put("style", "old", lora("old.pt", ""))
                .put("outfit", "far", lora("../secret.safetensors", ""))
                .put("action", "huge", lora("huge.safetensors", "'lora_weight': 1000"));

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> chain(LoraPolicy.SLOTS, "style/old", "outfit/far", "action/huge", "character/ann"))
                .satisfies(wrong -> {
                    assertThat(wrong.kind()).isEqualTo(GazeException.Kind.INVALID);
                    assertThat(wrong.problems())
                            .extracting(Problem::where)
                            .containsExactly("outfit/far", "action/huge", "style/old");
                });
    }

    @Test
    void a_category_without_a_slot_is_chained_only_when_all_are() {
        Shelf hats = new Shelf(Category.named("hat")).put("hat", "straw", lora("straw.safetensors", ""));
        Cast cast = hats.composer().cast(Selection.of("hat", "straw"), Optional.empty());
        GenerationRequest request = GenerationRequest.of("hat", "straw");
        Prompt prompt = hats.composer().compose(request.selection(), cast, LiteralTexts.NONE);

        RenderPlan plan = planner(hats).plan(request, cast, prompt);

        assertThat(plan.loras()).isEmpty();
        assertThat(plan.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("straw.safetensors", "no slot"));
        assertThat(planner(hats).loras(cast, LoraPolicy.STACK_ALL))
                .extracting(PlannerTest::written)
                .containsExactly("hat straw.safetensors 1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaa", "zzz"})
    @Tag("G150")
    void a_slot_of_a_stranger_stands_where_it_asks_to(String name) {
        Shelf strange = new Shelf(
                        Category.named(name),
                        LoraSlot.named(name).after("action").filledBy(name))
                .put(name, "bow", lora("bow.safetensors", ""))
                .put("action", "wave", lora("wave.safetensors", ""))
                .put("style", "ink", lora("ink.safetensors", ""));
        Cast cast = strange.composer()
                .cast(
                        Selection.NOTHING.with("style", "ink").with(name, "bow").with("action", "wave"),
                        Optional.empty());

        assertThat(planner(strange).loras(cast, LoraPolicy.SLOTS))
                .extracting(PlannedLora::slot)
                .containsExactly("action", name, "style");
    }

    @Test
    void loras_named_among_the_words_join_the_chain_behind_the_slots() {
        shelf.put(
                "action",
                "drift",
                "{'action': {'head': 'mist <lora:fog:0.4>, sea <lora:old/salt.safetensors:1:0.5>'}}");

        RenderPlan plan =
                plan(r -> r.with("action", "drift").with("style", "ink").plus("<lora:wind> x"));

        assertThat(plan.loras().stream().map(lora -> written(lora) + " " + lora.asset()))
                .containsExactly(
                        "style ink.safetensors 1.0 style/ink",
                        "prompt fog.safetensors 0.4 action/drift",
                        "prompt old/salt.safetensors 1.0 action/drift",
                        "prompt wind.safetensors 1.0 action/drift");
        assertThat(plan.loras().get(2).lora().clipStrength()).isEqualTo(0.5);
        assertThat(plan.prompt().positive()).isEqualTo("mist, sea, x");
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void a_lora_among_words_that_cannot_join_is_told_and_left_out() {
        RenderPlan plan = plan(r -> r.with("style", "ink")
                .plus("<lora:a:b>, <lora:../b:1>, <lora::1>, <lora:c:1:1:1>")
                .negative("<lora:fog:1> fog"));

        assertThat(plan.loras()).hasSize(1);
        assertThat(plan.prompt().negative()).isEqualTo("fog");
        assertThat(plan.warnings())
                .hasSize(5)
                .allSatisfy(warning -> assertThat(warning.what()).contains("not loaded"));
        assertThat(plan(r -> r.plus("<lora:a:1> sea")).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("no asset is chosen"));
    }

    // Settings -------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G32")
    @Tag("G77")
    void the_requests_settings_go_before_the_checkpoints() {
        RenderPlan own = plan(r -> r.with("style", "ink").checkpoint("noob_x_safetensors"));
        RenderPlan changed = plan(r -> r.with("style", "ink")
                .checkpoint("noob_x_safetensors")
                .steps(12)
                .cfg(0));

        assertThat(own.sampler()).isEqualTo(new SamplerSettings(30, 6.5, "euler", "karras"));
        assertThat(own.checkpoint()).isNotNull().satisfies(checkpoint -> {
            assertThat(checkpoint.path()).isEqualTo("noob/x.safetensors");
            assertThat(checkpoint.vae()).isEqualTo("sdxl.safetensors");
        });
        assertThat(changed.sampler()).isEqualTo(new SamplerSettings(12, 0, "euler", "karras"));
    }

    @Test
    @Tag("G32")
    void without_a_checkpoint_the_template_decides_unless_the_request_does() {
        RenderPlan silent = plan(r -> r.with("style", "ink"));
        RenderPlan told = plan(r -> r.with("style", "ink").steps(12));

        assertThat(silent.checkpoint()).isNull();
        assertThat(silent.sampler()).isNull();
        assertThat(silent.size()).isNull();
        assertThat(silent.filePrefix()).isNull();
        assertThat(told.sampler()).isEqualTo(SamplerSettings.DEFAULT.withSteps(12));
        assertThat(told.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("No checkpoint"));
    }

    @Test
    @Tag("G31")
    void a_given_seed_goes_to_every_sampler() {
        Seed largest = Seed.parse("18446744073709551615");

        assertThat(plan(r -> r.with("style", "ink").seed(largest)).seeds().values())
                .containsExactly(largest, largest, largest);
        assertThat(plan(r -> r.with("style", "ink").seed(0)).seeds())
                .containsOnlyKeys(RenderPlan.SAMPLER, RenderPlan.FACE_DETAILER, RenderPlan.HAND_DETAILER)
                .containsValue(new Seed(0));
    }

    @Test
    @Tag("G31")
    void otherwise_each_sampler_draws_its_own_from_the_random_source() {
        Planner planner = planner(shelf);
        RenderPlan first = plan(r -> r.with("style", "ink"), planner);
        RenderPlan second = plan(r -> r.with("style", "ink"), planner);

        assertThat(first.seeds().values())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(second.seeds().values());
        assertThat(plan(r -> r.with("style", "ink")).seeds()).isEqualTo(first.seeds());
    }

    @Test
    @Tag("G33")
    @Tag("I75")
    void size_missing_and_the_prompts_warnings_are_passed_on() {
        RenderPlan plan = plan(r -> r.with("style", "ink")
                .size(832, 1216)
                .missing(Missing.LEAVE_OUT)
                .only("gone::field"));

        assertThat(plan.size()).isEqualTo(new Size(832, 1216));
        assertThat(plan.missing()).isEqualTo(Missing.LEAVE_OUT);
        assertThat(plan.warnings()).isEqualTo(plan.prompt().warnings()).hasSize(1);
    }

    @Test
    @Tag("G103")
    void a_preview_shows_the_same_words_chain_and_warnings() {
        GenerationRequest request = GenerationRequest.mix()
                .with("style", "ink")
                .with("action", "wave")
                .plus("<lora:fog:1.5>")
                .steps(9);
        Cast cast = cast(request);
        Prompt prompt = shelf.composer().compose(request.selection(), cast, LiteralTexts.NONE);

        var preview = planner(shelf).preview(request, cast, prompt);
        RenderPlan plan = planner(shelf).plan(request, cast, prompt);

        assertThat(preview.prompt()).isEqualTo(plan.prompt());
        assertThat(preview.loras()).isEqualTo(plan.loras()).hasSize(3);
        assertThat(preview.warnings()).isEqualTo(plan.warnings()).hasSize(2);
    }

    @Test
    void a_request_for_nothing_is_refused_and_words_alone_are_enough() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> plan(r -> r.negative("fog")))
                .withMessageContaining("Nothing is asked for");
        assertThat(plan(r -> r.plus("a lighthouse")).prompt().positive()).isEqualTo("a lighthouse");
    }
}
