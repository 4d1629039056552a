package dev.gaze.core.plugin;

import static dev.gaze.api.plugin.Position.after;
import static dev.gaze.api.plugin.Position.before;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.Section;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.problem.GazeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out when all agree. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginLoaderTest {
    private static final List<String> BLOCKS = List.of(
            "head",
            "name",
            "artist",
            "triggers",
            "identity",
            "wardrobe",
            "action",
            "mood",
            "place",
            "aesthetic",
            "rest");

    @Test
    @Tag("G5")
    void the_built_in_plugin_brings_eight_categories_eleven_blocks_and_four_slots() {
        Installed installed = load();

        assertThat(installed.categories())
                .extracting(Category::id)
                .containsExactly("character", "look", "action", "outfit", "scene", "style", "detailer", "checkpoint");
        assertThat(installed.blocks()).extracting(Block::id).containsExactlyElementsOf(BLOCKS);
        assertThat(installed.slots())
                .extracting(LoraSlot::id)
                .containsExactly("character", "outfit", "action", "style");
    }

    @ParameterizedTest(name = "plugin id {0}")
    @ValueSource(strings = {"aaa.first", "zzz.last", "AAA", "studio.kit"})
    @Tag("G150")
    void a_new_category_stands_directly_behind_its_neighbour_whatever_the_plugin_is_called(String id) {
        Installed installed = load(poses(id));

        assertThat(installed.blocks()).extracting(Block::id).containsSubsequence("action", "pose", "mood");
        assertThat(neighbours(installed.blocks(), "pose")).containsExactly("action", "mood");
        assertThat(neighbours(installed.slots(), "pose")).containsExactly("action", "style");
        assertThat(neighbours(installed.categories(), "pose")).containsExactly("action", "outfit");
    }

    @Test
    @Tag("G150")
    void two_plugins_behind_one_neighbour_stand_by_the_names_of_what_they_add() {
        GazePlugin stance = Fixed.of(
                "aaa.first",
                Category.named("stance").section("stance", after("action"), "feet"),
                LoraSlot.named("stance").after("action").filledBy("stance"));

        Installed installed = load(stance, poses("zzz.last"));

        assertThat(installed.blocks()).extracting(Block::id).containsSubsequence("action", "pose", "stance", "mood");
        assertThat(installed.slots()).extracting(LoraSlot::id).containsSubsequence("action", "pose", "stance");
        assertThat(installed.categories()).extracting(Category::id).containsSubsequence("action", "pose", "stance");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_order_in_which_plugins_are_handed_over_does_not_matter(long seed) {
        Random random = new Random(seed);
        List<GazePlugin> plugins = new ArrayList<>(List.of(
                poses("zzz.poses"),
                Fixed.of("a.hats", Category.named("hat").section("hat", before("wardrobe"), "crown")),
                Fixed.of("b.boots", Category.named("boot").section("boot", after("wardrobe"), "sole")),
                Fixed.of(
                        "c.moods",
                        Category.named("mood")
                                .folder("tempers")
                                .section(Section.named("temper", "kind").in("mood")),
                        LoraSlot.named("mood").filledBy("mood")),
                Fixed.of(
                        "d.props",
                        Category.named("prop")
                                .at(after("pose"))
                                .section(Section.named("prop", "kind").in("pose")))));
        Installed expected = load(plugins);

        Collections.shuffle(plugins, random);

        assertThat(names(load(plugins))).isEqualTo(names(expected));
    }

    @Test
    @Tag("G150")
    void a_category_stands_where_its_block_stands() {
        Installed installed = load(
                Fixed.of("a.hats", Category.named("hat").section("hat", before("wardrobe"), "crown")),
                Fixed.of("b.boots", Category.named("boot").section("boot", after("wardrobe"), "sole")),
                Fixed.of("c.laces", Category.named("lace").section("lace", after("boot"), "colour")),
                Fixed.of("d.crowds", Category.named("crowd").section("crowd", after("head"), "size")));

        assertThat(installed.categories())
                .extracting(Category::id)
                .containsExactly(
                        "crowd",
                        "hat",
                        "character",
                        "look",
                        "action",
                        "outfit",
                        "boot",
                        "lace",
                        "scene",
                        "style",
                        "detailer",
                        "checkpoint");
    }

    @Test
    void a_category_that_only_feeds_blocks_of_others_moves_nobody_else() {
        Installed installed = load(
                Fixed.of(
                        "a.gestures",
                        Category.named("gesture")
                                .section(Section.named("gesture", "sign").in("action"))),
                poses("b.poses"));

        assertThat(neighbours(installed.categories(), "pose")).containsExactly("action", "outfit");
        assertThat(installed.categories()).last().extracting(Category::id).isEqualTo("gesture");
    }

    @Test
    void a_plugin_is_left_out_by_id_or_by_class() {
        assertThat(load(List.of(poses("studio.poses")), Set.of("studio.poses")).category("pose"))
                .isEmpty();
        assertThat(load(List.of(poses("studio.poses")), Set.of(Fixed.class.getName()))
                        .category("pose"))
                .isEmpty();
    }

    @Test
    void one_that_is_to_be_left_out_but_is_not_there_is_told_with_the_nearest() {
        assertThatThrownBy(() -> load(List.of(poses("studio.poses")), Set.of("studio.pose")))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("There is no plugin 'studio.pose'")
                .hasMessageContaining("did you mean 'studio.poses'");
    }

    @Test
    void without_the_built_in_plugin_head_and_triggers_are_still_there() {
        for (String name : List.of("gaze.builtin", "dev.gaze.core.builtin.BuiltinPlugin")) {
            Installed installed = load(
                    List.of(Fixed.of(
                            "studio.only",
                            Category.named("pose").section("pose", after("triggers"), "arms"),
                            LoraSlot.named("pose").filledBy("pose"))),
                    Set.of(name));

            assertThat(installed.blocks()).extracting(Block::id).containsExactly("head", "triggers", "pose");
            assertThat(installed.categories()).extracting(Category::id).containsExactly("pose");
        }
        assertThat(load(List.of(), Set.of("gaze.builtin")).blocks())
                .extracting(Block::id)
                .containsExactly("head", "triggers");
    }

    @Test
    void a_category_may_speak_of_another_that_is_left_out() {
        Installed installed = load(
                List.of(Fixed.of(
                        "studio.only",
                        Category.named("pose")
                                .section(Section.named("pose")
                                        .at(after("head"))
                                        .fields(
                                                Field.key("arms").unlessChosen("action"),
                                                Field.key("hands").hand().insteadOf("wardrobe::gloves"))))),
                Set.of("gaze.builtin"));

        assertThat(installed.category("pose")).isPresent();
    }

    private static GazePlugin poses(String id) {
        return Fixed.of(
                id,
                Category.named("pose").folder("poses").section("pose", after("action"), "full_body", "arms", "hands"),
                LoraSlot.named("pose").after("action").filledBy("pose"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    private static List<List<String>> names(Installed installed) {
        return List.of(ids(installed.categories()), ids(installed.blocks()), ids(installed.slots()));
    }

    private static List<String> neighbours(List<? extends Extension> extensions, String id) {
        List<String> ids = ids(extensions);
        int at = ids.indexOf(id);
        return List.of(ids.get(at - 1), ids.get(at + 1));
    }

    private static List<String> ids(List<? extends Extension> extensions) {
        return extensions.stream().map(Extension::id).toList();
    }

    private static Installed load(GazePlugin... plugins) {
        return load(List.of(plugins));
    }

    private static Installed load(List<GazePlugin> plugins) {
        return load(plugins, Set.of());
    }

    private static Installed load(List<GazePlugin> plugins, Set<String> without) {
        return PluginLoader.load(plugins, without, false);
    }
}
