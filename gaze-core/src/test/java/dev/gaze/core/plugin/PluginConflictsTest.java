package dev.gaze.core.plugin;

import static dev.gaze.api.plugin.Position.after;
import static dev.gaze.api.plugin.Position.before;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.Section;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowPatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is said when plugins contradict one another. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginConflictsTest {
    private static final String HERE = "(dev.gaze.core.plugin.Fixed in test-classes)";

    @Test
    void all_problems_come_in_one_exception_that_reads_like_a_letter() {
        GazeException refused = refused(
                Fixed.of("example.poses", LoraSlot.named("pose").after("outfits")),
                Fixed.of("studio.kit", LoraSlot.named("pose")));

        assertThat(refused.kind()).isEqualTo(GazeException.Kind.INVALID);
        assertThat(refused).hasMessage("""
                        2 problems with the installed plugins; nothing was loaded.
                        1. LoRA slot 'pose' is declared twice
                           where  example.poses %1$s and studio.kit %1$s
                           fix    remove one jar, or keep both and leave one out: Gaze.builder().without("studio.kit")
                        2. LoRA slot 'pose' wants to stand after LoRA slot 'outfits', which nobody declares
                           where  example.poses %1$s
                           fix    did you mean 'outfit'? Slots: character, outfit, action, style""".formatted(HERE));
    }

    @Test
    void no_problem_tells_where_on_the_machine_a_jar_lies() {
        GazeException refused =
                refused(Fixed.of("studio.kit", LoraSlot.named("pose").after("nobody")));

        assertThat(refused.getMessage())
                .startsWith("1 problem with the installed plugins; nothing was loaded.")
                .doesNotContain(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void a_name_of_ours_is_never_ours_to_give_up() {
        assertThat(problems(Fixed.of("studio.kit", Category.named("outfit").folder("outfits"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("Category 'outfit' is declared twice");
                    assertThat(problem.where()).contains("gaze.builtin", "BuiltinPlugin", "studio.kit " + HERE);
                    assertThat(problem.fix())
                            .isEqualTo(
                                    "give yours another name, or leave it out: Gaze.builder().without(\"studio.kit\")");
                });
    }

    @Test
    void what_one_plugin_declares_twice_it_should_declare_once() {
        assertThat(problems(Fixed.of("studio.kit", LoraSlot.named("hat"), LoraSlot.named("hat"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("LoRA slot 'hat' is declared twice");
                    assertThat(problem.where()).isEqualTo("studio.kit " + HERE);
                    assertThat(problem.fix()).isEqualTo("declare it once");
                });
    }

    @Test
    void one_id_for_two_plugins_is_one_problem_and_not_one_for_each_extension() {
        GazePlugin other = new GazePlugin() {
            @Override
            public String id() {
                return "studio.kit";
            }

            @Override
            public List<Extension> extensions() {
                return List.of(LoraSlot.named("hat"));
            }
        };

        assertThat(problems(Fixed.of("studio.kit", LoraSlot.named("hat")), other))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("Plugin id 'studio.kit' is used twice");
                    assertThat(problem.where()).contains("Fixed in test-classes and ", "PluginConflictsTest$1 in");
                    assertThat(problem.fix())
                            .contains("without(\"" + other.getClass().getName() + "\")");
                });
    }

    @Test
    void every_space_of_names_is_told_apart() {
        assertThat(whats(
                        Fixed.of(
                                "a.kit",
                                Block.named("own"),
                                Category.named("own").folder("a"),
                                LoraSlot.named("own"),
                                new Stage("own", Position.ANYWHERE),
                                new Patch("own", Position.ANYWHERE)),
                        Fixed.of(
                                "b.kit",
                                Block.named("own"),
                                Category.named("own").folder("b"),
                                LoraSlot.named("own"),
                                new Stage("own", Position.ANYWHERE),
                                new Patch("own", Position.ANYWHERE))))
                .containsExactlyInAnyOrder(
                        "Prompt block 'own' is declared twice",
                        "Category 'own' is declared twice",
                        "LoRA slot 'own' is declared twice",
                        "Prompt stage 'own' is declared twice",
                        "Workflow patch 'own' is declared twice");
    }

    @Test
    void unknown_neighbours_are_told_with_the_names_there_are() {
        List<Problem> problems = problems(Fixed.of(
                "studio.kit",
                Category.named("hat").section("hat", after("wardrob"), "crown"),
                Category.named("boot").at(before("skene")),
                LoraSlot.named("hat").before("nothing_like_it"),
                new Stage("polish", after("backgrund")),
                new Patch("upscale", after("sharpen"))));

        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly(
                        "Prompt block 'hat' wants to stand after prompt block 'wardrob', which nobody declares",
                        "Category 'boot' wants to stand before category 'skene', which nobody declares",
                        "LoRA slot 'hat' wants to stand before LoRA slot 'nothing_like_it', which nobody declares",
                        "Prompt stage 'polish' wants to stand after prompt stage 'backgrund', which nobody declares",
                        "Workflow patch 'upscale' wants to stand after workflow patch 'sharpen', which nobody declares");
        assertThat(problems)
                .extracting(Problem::fix)
                .satisfiesExactly(
                        fix -> assertThat(fix).startsWith("did you mean 'wardrobe'? Blocks: head, name, artist"),
                        fix -> assertThat(fix).startsWith("did you mean 'scene'? Categories: character, look"),
                        fix -> assertThat(fix).isEqualTo("Slots: character, outfit, action, style"),
                        fix -> assertThat(fix).startsWith("did you mean 'background'? Stages: fields, extras"),
                        fix -> assertThat(fix).isEqualTo("Patches: none"));
    }

    @Test
    void circles_are_told_with_everybody_in_them() {
        List<Problem> problems = problems(
                Fixed.of(
                        "a.kit",
                        LoraSlot.named("hat").after("scarf"),
                        LoraSlot.named("self").before("self")),
                Fixed.of("b.kit", LoraSlot.named("scarf").before("hat")));

        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly(
                        "Slots stand in a circle: 'hat' after 'scarf', 'scarf' before 'hat'",
                        "LoRA slot 'self' wants to stand before itself");
        assertThat(problems.get(0).where()).isEqualTo("a.kit " + HERE + " and b.kit " + HERE);
    }

    @Test
    void categories_have_folders_of_their_own() {
        List<Problem> problems = problems(
                Fixed.of(
                        "a.kit",
                        Category.named("hat").folder("poses"),
                        Category.named("flow").folder("workflows")),
                Fixed.of("b.kit", Category.named("pose")));

        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly(
                        "Categories 'hat' and 'pose' share the folder 'poses'",
                        "Category 'flow' wants the folder 'workflows', which holds the workflow templates");
        assertThat(problems.get(0).fix()).contains("Category.named(\"pose\").folder(…)");
    }

    @Test
    void a_slot_is_filled_by_categories_that_exist() {
        assertThat(problems(Fixed.of("a.kit", LoraSlot.named("hat").filledBy("outfit", "outfti"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what())
                            .isEqualTo("LoRA slot 'hat' is filled by category 'outfti', which nobody declares");
                    assertThat(problem.fix()).startsWith("did you mean 'outfit'? Categories: character");
                });
    }

    @Test
    void words_go_into_blocks_that_exist() {
        List<Problem> problems = problems(Fixed.of(
                "a.kit",
                Category.named("hat")
                        .section(Section.named("hat", "crown", "brim").in("wardrop"))
                        .section(Section.named("notes")
                                .fields(Field.key("private").notWritten()))
                        .topLevel(Field.key("not_for_her").in(Block.NEGATIVE))
                        .topLevel(Field.key("title"))));

        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly(
                        "Field 'hat::crown' of category 'hat' is written into block 'wardrop', which nobody declares",
                        "Field 'title' of category 'hat' stands at the top level and names no block");
        assertThat(problems.get(0).fix()).startsWith("did you mean 'wardrobe'? Blocks: head");
        assertThat(problems.get(1).fix()).startsWith("say where its words go, Field.key(\"title\").in(…)");
    }

    @Test
    void the_negative_is_no_block_to_be_declared() {
        assertThat(whats(Fixed.of("a.kit", Block.named("negative"))))
                .containsExactly("Prompt block 'negative' is GAZE's name for the negative text");
    }

    @Test
    void fields_name_neighbours_that_feed_the_same_prompt() {
        List<Problem> problems = problems(Fixed.of(
                "a.kit",
                Category.named("hat")
                        .section(Section.named("hat")
                                .at(after("wardrobe"))
                                .fields(
                                        Field.key("crown").face(after("identity::eyse")),
                                        Field.key("brim").hand(after("identity::hair")),
                                        Field.key("a").face(after("hat::b")),
                                        Field.key("b").face(after("hat::a")),
                                        Field.key("c").hand().insteadOf("wardrobe::glovs")))));

        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly(
                        "Field 'hat::c' of category 'hat' stands in for field 'wardrobe::glovs', which nobody declares",
                        "Field 'hat::crown' of category 'hat' wants to stand after 'identity::eyse' in the face prompt, which no field of that address feeds",
                        "Fields of the face prompt stand in a circle: 'hat::a' after 'hat::b', 'hat::b' after 'hat::a'",
                        "Field 'hat::brim' of category 'hat' wants to stand after 'identity::hair' in the hand prompt, which no field of that address feeds");
        assertThat(problems.get(0).fix()).startsWith("did you mean 'gloves'?");
        assertThat(problems.get(1).fix()).startsWith("did you mean 'identity::eyes'");
    }

    @Test
    void a_category_stands_in_for_another_that_exists() {
        assertThat(whats(Fixed.of(
                        "a.kit",
                        Category.named("mask").insteadOf("charakter"),
                        Category.named("mirror").insteadOf("mirror"))))
                .containsExactly(
                        "Category 'mask' stands in for category 'charakter', which nobody declares",
                        "Category 'mirror' stands in for itself");
    }

    @Test
    void a_field_stands_once() {
        assertThat(whats(Fixed.of("a.kit", Category.named("hat").section("hat", after("wardrobe"), "crown", "crown"))))
                .containsExactly("Field 'hat::crown' of category 'hat' is declared twice");
    }

    @Test
    void nothing_stands_behind_the_deny_list() {
        assertThat(whats(Fixed.of(
                        "a.kit",
                        new Stage("late", after("cross-dedup")),
                        new Stage("sly", after("deny-list")),
                        new Stage("slier", before("cross-dedup")),
                        new Stage("fine", before("deny-list")))))
                .containsExactly(
                        "Prompt stage 'late' wants to stand after 'cross-dedup', but the deny list and cross-dedup always come last",
                        "Prompt stage 'sly' wants to stand after 'deny-list', but the deny list and cross-dedup always come last",
                        "Prompt stage 'slier' wants to stand before 'cross-dedup', but the deny list and cross-dedup always come last");
    }

    @Test
    void a_stage_without_a_wish_stands_behind_the_background() {
        assertThat(Stages.order(List.of(
                        new Stage("b", Position.ANYWHERE),
                        new Stage("a", Position.ANYWHERE),
                        new Stage("c", before("plus")))))
                .containsExactly(
                        "fields",
                        "extras",
                        "c",
                        "plus",
                        "background",
                        "a",
                        "b",
                        "base",
                        "template",
                        "deny-list",
                        "cross-dedup");
    }

    private record Stage(String id, Position position) implements PromptStage {
        @Override
        public Draft apply(Draft draft) {
            return draft;
        }
    }

    private record Patch(String id, Position position) implements WorkflowPatch {
        @Override
        public Workflow apply(Workflow workflow, RenderPlan plan) {
            return workflow;
        }
    }

    private static List<String> whats(GazePlugin... plugins) {
        return problems(plugins).stream().map(Problem::what).toList();
    }

    private static List<Problem> problems(GazePlugin... plugins) {
        return refused(plugins).problems();
    }

    private static GazeException refused(GazePlugin... plugins) {
        return catchThrowableOfType(GazeException.class, () -> load(List.of(plugins)));
    }

    private static Installed load(List<GazePlugin> plugins) {
        return PluginLoader.load(plugins, Set.of(), false);
    }
}
