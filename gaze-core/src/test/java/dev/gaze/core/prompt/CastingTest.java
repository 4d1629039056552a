package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.Selection;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From names to assets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CastingTest {
    private final Shelf shelf = Shelf.withMira();

    private static Selection mix() {
        return Selection.NOTHING;
    }

    private Cast cast(Selection selection) {
        return shelf.composer().cast(selection, Optional.empty());
    }

    @Test
    void the_first_of_a_category_is_merged_and_all_stand_in_the_order_of_categories() {
        Cast cast = cast(mix().with("scene", "harbour_dawn")
                .with("outfit", "stage")
                .with("outfit", "raincoat")
                .with("character", "mira_vale"));

        assertThat(cast.members())
                .extracting(member -> member.asset().key() + " " + member.merged())
                .containsExactly(
                        "character/mira_vale true",
                        "outfit/stage true",
                        "scene/harbour_dawn true",
                        "outfit/raincoat false");
        assertThat(cast.madeFor()).isNull();
        assertThat(cast.filedUnder().orElseThrow().asset().key()).isEqualTo(new AssetKey("character", "mira_vale"));
    }

    @Test
    void a_second_character_is_an_error() {
        shelf.put("character", "ann", "{}");

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> cast(mix().with("character", "ann").with("character", "mira_vale")))
                .satisfies(wrong -> assertThat(wrong.kind()).isEqualTo(GazeException.Kind.INVALID))
                .withMessageContaining("at most one character")
                .withMessageContaining("mira_vale");
    }

    @Test
    @Tag("G37")
    void every_name_that_does_not_exist_is_told_at_once_with_its_nearest() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> cast(mix().with("character", "mira_vail")
                        .with("outfits", "raincoat")
                        .with("outfit", "raincoat")
                        .with("scene", "harbor_dawn")))
                .satisfies(wrong -> {
                    assertThat(wrong.kind()).isEqualTo(GazeException.Kind.NOT_FOUND);
                    assertThat(wrong.problems())
                            .extracting(problem -> String.valueOf(problem.fix()))
                            .containsExactly(
                                    "did you mean 'mira_vale'?",
                                    "did you mean 'outfit'?",
                                    "did you mean 'harbour_dawn'?");
                });
    }

    @Test
    @Tag("G37")
    @Tag("G38")
    void any_character_is_drawn_from_the_one_random_source() {
        IntStream.range(0, 20).forEach(i -> shelf.put("character", "c" + i, "{}"));
        Shelf twin = Shelf.withMira();
        IntStream.range(0, 20).forEach(i -> twin.put("character", "c" + i, "{}"));
        Selection any = Selection.of("action", "sitting").with("character", AssetRepository.RANDOM);

        for (int i = 0; i < 10; i++) {
            Cast cast = cast(any);
            Cast again = twin.composer().cast(any, Optional.empty());
            assertThat(cast.subject().orElseThrow().asset())
                    .isEqualTo(again.subject().orElseThrow().asset());
        }
    }

    @Test
    @Tag("G37")
    void a_picture_may_be_made_for_any_asset_of_a_category() {
        Cast cast = cast(Selection.of("scene", AssetRepository.RANDOM));

        assertThat(cast.madeFor())
                .isNotNull()
                .satisfies(member -> assertThat(member.asset().key()).isEqualTo(new AssetKey("scene", "harbour_dawn")));
    }

    @Test
    @Tag("G37")
    void where_there_is_nobody_to_pick_nobody_is_there_and_the_prompt_says_so() {
        Prompt prompt = shelf.prompt()
                .with("action", "sitting")
                .with("look", AssetRepository.RANDOM)
                .build();

        assertThat(prompt.main()).isEqualTo("sitting, crossed legs");
        assertThat(prompt.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).isEqualTo("There is no look to pick from"));
    }

    @Test
    @Tag("G48")
    void the_default_checkpoint_joins_unless_another_is_chosen() {
        shelf.put("checkpoint", "a.safetensors", "{'checkpoint_path': 'a.safetensors', 'base_positive': 'aaa'}")
                .put("checkpoint", "b.safetensors", "{'checkpoint_path': 'b.safetensors', 'base_positive': 'bbb'}");
        Category checkpoint = shelf.installed().category("checkpoint").orElseThrow();
        Cast.Member usual = new Cast.Member(checkpoint, shelf.get(new AssetKey("checkpoint", "a_safetensors")), true);
        Selection sitting = mix().with("action", "sitting");

        assertThat(shelf.composer()
                        .builder(() -> Optional.of(usual))
                        .selecting(sitting)
                        .build()
                        .positive())
                .isEqualTo("aaa, sitting, crossed legs");
        assertThat(shelf.composer()
                        .builder(() -> Optional.of(usual))
                        .selecting(sitting.with("checkpoint", "b_safetensors"))
                        .build()
                        .positive())
                .isEqualTo("bbb, sitting, crossed legs");
    }

    @Test
    void an_asset_given_as_a_value_stands_where_it_was_chosen() {
        Category outfit = shelf.installed().category("outfit").orElseThrow();
        Asset poncho = Asset.unsaved(outfit, "poncho", Shelf.data("{'wardrobe': {'top': 'poncho'}}"));

        assertThat(shelf.prompt()
                        .with("outfit", "stage")
                        .with(outfit, poncho)
                        .with("outfit", "raincoat")
                        .cast()
                        .members())
                .extracting(member -> member.asset().key().slug())
                .containsExactly("stage", "poncho", "raincoat");
        assertThat(shelf.prompt()
                        .with(outfit, poncho)
                        .with("outfit", "stage")
                        .build()
                        .main())
                .isEqualTo("poncho, stageD, stage dress");
    }

    @Test
    void an_asset_may_be_read_as_a_category_that_is_not_installed() {
        Category hat = Category.named("hat").section("hat", Position.ANYWHERE, "brim");
        Asset straw = Asset.unsaved(hat, "straw", Shelf.data("{'hat': {'brim': 'wide_brim'}}"));

        assertThat(shelf.prompt()
                        .with("action", "sitting")
                        .with(hat, straw)
                        .build()
                        .main())
                .isEqualTo("sitting, crossed legs, wide brim");
    }

    @Test
    void a_builder_can_be_kept_and_varied() {
        var mira = shelf.prompt().character("mira_vale");
        var windy = mira.plus("wind");

        assertThat(mira.build().main()).doesNotContain("wind");
        assertThat(windy.build().main()).endsWith(", wind");
        assertThat(windy.selection().plus()).isEqualTo("wind");
        assertThat(windy.toString()).contains("mira_vale");
    }
}
