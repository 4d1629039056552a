package dev.gaze.core.prompt;

import static dev.gaze.api.plugin.Position.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.Section;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.prompt.Subject;
import dev.gaze.core.plugin.Installed;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories and stages of strangers compose like our own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G150")
class PluginCategoryTest {

    private static Extension[] poses(String name) {
        return new Extension[] {
            Category.named(name)
                    .section(Section.named(name)
                            .at(after("action"))
                            .fields(
                                    Field.key("full_body"),
                                    Field.key("arms").hand(after("action::arms")),
                                    Field.key("gaze").face())),
            LoraSlot.named(name).after("action").filledBy(name)
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaa_pose", "zzz_pose"})
    void a_pose_stands_behind_the_action_wherever_its_name_sorts(String name) {
        Shelf shelf = Shelf.withMira(poses(name))
                .put(name, "bow", """
                        {'%s': {'full_body': 'deep_bow', 'arms': 'arms down', 'gaze': 'eyes down'},
                         'lora': {'lora_triggers': 'bowX'}}""".formatted(name))
                .put(name, "spin", "{'%s': {'full_body': 'spin'}, 'lora': {'lora_triggers': 'spinX'}}".formatted(name))
                .put("action", "wave", "{'action': {'arms': 'waving'}, 'lora': {'lora_triggers': 'waveX'}}");

        var prompt = shelf.prompt()
                .character("mira_vale")
                .with(name, "bow")
                .with(name, "spin")
                .with("outfit", "raincoat")
                .with("outfit", "stage")
                .with("action", "wave")
                .with("action", "sitting")
                .build();

        assertThat(prompt.main())
                .isEqualTo("1girl, solo, mira vale, miraV, rainC, waveX, bowX, long hair, red hair, green eyes, "
                        + "yellow raincoat, rubber boots, waving, deep bow, arms down, eyes down, smile, street, "
                        + "sitting, crossed legs, spinX, spin, stageD, stage dress");
        assertThat(prompt.face()).isEqualTo("mira vale, long hair, red hair, green eyes, smile, eyes down");
        assertThat(prompt.hand()).isEqualTo("waving, arms down");
        assertThat(shelf.prompt()
                        .character("mira_vale")
                        .with(name, "bow")
                        .only(name + "::arms")
                        .build()
                        .main())
                .isEqualTo("1girl, solo, arms down");
    }

    @Test
    void a_built_by_hand_order_of_categories_and_blocks_is_followed() {
        Category mood = Category.named("mood").section(Section.named("feeling", "a", "b"));
        Category person = Category.named("person")
                .topLevel(Field.key("person_id").as("name").in("who").asName())
                .section(Section.named("feeling", "b", "c"))
                .reading(Subject.class, data -> new Subject("1O", false, true, null));
        Installed installed = new Installed(
                List.of(person, mood),
                List.of(
                        Block.named("feeling"),
                        Block.named(Block.TRIGGERS),
                        Block.named("who"),
                        Block.named(Block.HEAD)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        Shelf shelf = new Shelf(installed)
                .put("person", "kim", "{'feeling': {'b': 'calm', 'c': 'quiet'}, 'lora': {'lora_triggers': 'kimX'}}")
                .put("mood", "glad", "{'feeling': {'a': 'glad', 'b': 'loud'}, 'lora': {'lora_triggers': 'gladX'}}");

        assertThat(shelf.prompt().with("person", "kim").build().main())
                .isEqualTo("calm, quiet, kimX, kim, 1other, solo");
        assertThat(shelf.prompt()
                        .with("mood", "glad")
                        .with("person", "kim")
                        .build()
                        .main())
                .isEqualTo("loud, glad, kimX, gladX, kim, 1other, solo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaa_armour", "zzz_armour"})
    void a_section_of_a_stranger_replaces_the_subjects_wherever_its_category_stands(String name) {
        for (Position place : List.of(Position.before("character"), after("checkpoint"))) {
            Shelf shelf = Shelf.withMira(
                            Category.named(name).at(place).section(Section.named("wardrobe", "top", "shield")))
                    .put(name, "plate", "{'wardrobe': {'top': 'plate armor', 'shield': 'round shield'}}");

            assertThat(shelf
                            .prompt()
                            .character("mira_vale")
                            .with(name, "plate")
                            .only("wardrobe::top", "wardrobe::shield", "wardrobe::bottom")
                            .build()
                            .parts()
                            .stream()
                            .map(PromptPart::text))
                    .containsExactlyInAnyOrder("1girl, solo", "plate armor", "round shield");
        }
    }

    @Test
    void a_negative_field_of_a_stranger_and_one_among_extras_go_to_the_negative() {
        Shelf shelf = new Shelf(Category.named("taste")
                        .topLevel(
                                Field.key("dislikes").in(Block.NEGATIVE),
                                Field.key("likes").in("rest")))
                .put("taste", "one", "{'dislikes': 'rain_clouds', 'likes': 'sun'}")
                .put("taste", "two", "{'dislikes': 'snow', 'likes': 'sea'}");

        var prompt = shelf.prompt().with("taste", "one").with("taste", "two").build();

        assertThat(prompt.main()).isEqualTo("sun, sea");
        assertThat(prompt.negative()).isEqualTo("rain clouds, snow");
    }

    @Test
    void without_any_category_nothing_breaks() {
        Shelf shelf = new Shelf(new Installed(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty()));

        assertThat(shelf.prompt().plus("a_cat").build().positive()).isEqualTo("a_cat");
    }

    // Stages ---------------------------------------------------------------------------------------------------------

    private record Stage(String id, Position position, UnaryOperator<Draft> work) implements PromptStage {
        @Override
        public Draft apply(Draft draft) {
            return work.apply(draft);
        }
    }

    private static Stage saying(String words, Position position) {
        return new Stage(
                words, position, draft -> draft.plus(List.of(new PromptPart(Target.MAIN, words, words, null, null))));
    }

    @Test
    void stages_of_strangers_stand_where_they_ask_to() {
        Shelf shelf = Shelf.withMira(
                saying("anywhere", Position.ANYWHERE),
                saying("early", after("fields")),
                saying("late", Position.before("deny-list")),
                saying("first", Position.before("fields")));

        assertThat(shelf.prompt()
                        .with("action", "sitting")
                        .plus("wind")
                        .negative("late")
                        .build())
                .satisfies(prompt -> {
                    assertThat(prompt.main()).isEqualTo("first, sitting, crossed legs, early, wind, anywhere, late");
                    assertThat(prompt.positive()).isEqualTo("first, sitting, crossed legs, early, wind, anywhere");
                });
    }

    @Test
    void words_of_a_strangers_stage_are_held_to_the_deny_list() throws Exception {
        Shelf shelf = Shelf.withMira(saying(DenyListTest.shipped().get(3), Position.before("deny-list")));

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> shelf.prompt().with("action", "sitting").build())
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(GazeException.Kind.REFUSED));
    }

    @Test
    void a_stage_that_breaks_is_told_by_its_name() {
        Shelf shelf = Shelf.withMira(new Stage("shaky", Position.ANYWHERE, draft -> {
            throw new IllegalStateException("lost my notes");
        }));

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> shelf.prompt().with("action", "sitting").build())
                .withMessageContaining("shaky")
                .withMessageContaining("lost my notes")
                .withCauseInstanceOf(IllegalStateException.class);
    }
}
