package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.prompt.Prompt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which of their own clothes characters wear. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WornTest {
    private static final String TWO = "{'default': {'top': 'shirt'}, 'beach': {'full_body': 'swimsuit'}}";

    private static Shelf dressed(String wardrobe) {
        return new Shelf()
                .put("character", "ann", "{'participants': {'orientation': '1F'}, 'wardrobe': %s}".formatted(wardrobe))
                .put("outfit", "coat", "{'wardrobe': {'top': 'coat'}}");
    }

    @Test
    @Tag("G24")
    void outfits_by_name_and_the_old_single_one_are_both_worn() {
        assertThat(dressed(TWO).prompt().character("ann").build().main()).endsWith("ann, shirt");
        assertThat(dressed(TWO)
                        .prompt()
                        .character("ann")
                        .wearing("beach")
                        .build()
                        .main())
                .endsWith("ann, swimsuit");
        assertThat(dressed("{'top': 'shirt', 'bottom': 'jeans'}")
                        .prompt()
                        .character("ann")
                        .build()
                        .main())
                .endsWith("ann, shirt, jeans");
        assertThat(dressed("{'top': 'shirt'}")
                        .prompt()
                        .character("ann")
                        .wearing("default")
                        .build()
                        .warnings())
                .isEmpty();
        assertThat(dressed("{'beach': {'top': 'x'}}")
                        .prompt()
                        .character("ann")
                        .build()
                        .main())
                .endsWith("ann");
        assertThat(dressed("{}").prompt().character("ann").build().main()).endsWith("ann");
    }

    @Test
    @Tag("G24")
    void the_outfit_kept_as_active_is_worn_until_another_is_asked_for() {
        Shelf shelf = dressed(TWO).state("character", "ann", state -> state.withOutfit("beach"));

        assertThat(shelf.prompt().character("ann").build().main()).endsWith("ann, swimsuit");
        assertThat(shelf.prompt().character("ann").wearing("default").build().main())
                .endsWith("ann, shirt");
    }

    @Test
    @Tag("G24")
    void an_outfit_that_is_not_there_falls_back_to_default_and_then_to_nothing_with_a_warning() {
        Prompt shirt = dressed(TWO).prompt().character("ann").wearing("beech").build();
        Prompt bare = dressed("{'beach': {'top': 'x'}}")
                .prompt()
                .character("ann")
                .wearing("ball")
                .build();

        assertThat(shirt.main()).endsWith("ann, shirt");
        assertThat(shirt.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.what()).contains("beech", "character/ann", "'default' is worn");
            assertThat(warning.fix()).contains("beach");
        });
        assertThat(bare.main()).endsWith("ann");
        assertThat(bare.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("nothing is worn"));
    }

    @Test
    void an_outfit_of_her_own_that_another_one_replaces_is_told() {
        Prompt prompt = dressed(TWO)
                .prompt()
                .character("ann")
                .with("outfit", "coat")
                .wearing("beach")
                .build();

        assertThat(prompt.main()).endsWith("ann, coat");
        assertThat(prompt.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("beach", "not worn"));
    }
}
