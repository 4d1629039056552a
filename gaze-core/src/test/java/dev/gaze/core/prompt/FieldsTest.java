package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.Selection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which fields are written, and where. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FieldsTest {
    private static final String EVERYTHING = """
            {'character_id': 'ann', 'character_name': 'Ann', 'series': 'Some Tale', 'participants': {'orientation': '1F'},
             'identity': {'base_specs': 'base', 'hair': 'hair', 'eyes': 'eyes', 'hands': 'hands', 'arms': 'arms',
                          'torso': 'torso', 'pelvis': 'pelvis', 'legs': 'legs', 'feet': 'feet', 'extra': 'extra'},
             'defaults': {'expression': 'expression', 'pose': 'pose', 'scene': 'scene'},
             'wardrobe': {'default': {'full_body': 'w body', 'headwear': 'w head', 'top': 'w top', 'bottom': 'w bottom',
                          'legwear': 'w legs', 'footwear': 'w feet', 'hands': 'w hands', 'gloves': 'w gloves',
                          'accessories': 'w more'}},
             'styles': {'aesthetic': 'aesthetic', 'primary_color': 'red', 'secondary_color': 'blue',
                        'tertiary_color': 'green'},
             'lora': {'lora_name': 'ann.safetensors', 'lora_weight': 0.8, 'lora_triggers': 'trigger'},
             'tags': ['tag one', ['tag_two', [' ', null, 3]]]}""";

    private static Shelf full() {
        return new Shelf()
                .put("character", "ann", EVERYTHING)
                .put("look", "night", """
                        {'positive': 'night_look', 'negative': 'sun_light', 'tags': 'look tag',
                         'lora': {'lora_name': 'night.safetensors', 'lora_triggers': 'nightX'}}""")
                .put("look", "plain", "{'positive': 'plain look'}")
                .put("action", "wave", """
                        {'action': {'full_body': 'a body', 'additional': 'a more', 'head': 'a head', 'eyes': 'a eyes',
                                    'arms': 'a arms', 'hands': 'a hands'},
                         'tags': ['action tag'], 'lora': {'lora_triggers': 'waveX'}}""")
                .put(
                        "outfit",
                        "coat",
                        "{'wardrobe': {'top': 'coat'}, 'tags': ['coat tag'], 'lora': {'lora_triggers': 'coatX'}}")
                .put("outfit", "mittens", "{'wardrobe': {'hands': 'mittens', 'gloves': '(fingerless_gloves:1.1)'}}")
                .put("outfit", "file_only", "{'lora': {'lora_triggers': 'onlyX'}}")
                .put("scene", "shore", """
                        {'scene': {'background': 's back', 'foreground': 's fore', 'furniture': 's chair',
                                   'colors': 's colors', 'lighting': 's light', 'theme': 's theme'},
                         'tags': ['scene tag'], 'lora': {'lora_triggers': 'shoreX'}}""")
                .put("style", "ink", """
                        {'style': {'artist_name': 'some_artist', 'artistic_style': 'ink wash'},
                         'lora': {'lora_triggers': 'inkX'}}""")
                .put("detailer", "eyes", """
                        {'prompt': ['detailed_eyes', ['sharp']], 'focus': {'face': true, 'hands': false},
                         'lora': {'lora_triggers': 'eyesX'}}""")
                .put("detailer", "nails", "{'prompt': 'nails', 'focus': {'face': 'false', 'hands': 'true'}}");
    }

    private static PromptBuilder everybody() {
        return full().prompt()
                .character("ann")
                .with("look", "night")
                .with("outfit", "coat")
                .with("action", "wave")
                .with("scene", "shore")
                .with("style", "ink")
                .with("detailer", "eyes");
    }

    @Test
    @Tag("G36")
    @Tag("G60")
    @Tag("G63")
    @Tag("G64")
    @Tag("G65")
    @Tag("G66")
    @Tag("G67")
    void every_field_of_a_character_stands_in_its_block_and_the_colours_in_none() {
        Prompt prompt = full().prompt().character("ann").build();

        assertThat(prompt.main())
                .isEqualTo("1girl, solo, ann, Some Tale, trigger, base, hair, eyes, hands, arms, torso, pelvis, legs, "
                        + "feet, extra, w body, w head, w top, w bottom, w legs, w feet, w hands, w gloves, w more, "
                        + "expression, pose, scene, aesthetic, tag one, tag two, 3");
        assertThat(prompt.face()).isEqualTo("ann, hair, eyes, expression, w head");
        assertThat(prompt.hand()).isEqualTo("w gloves, w hands");
    }

    @Test
    @Tag("G71")
    @Tag("G72")
    @Tag("G73")
    @Tag("G74")
    @Tag("G75")
    @Tag("G76")
    @Tag("G161")
    void assets_of_every_category_are_merged_into_their_blocks() {
        Prompt prompt = everybody().build();

        assertThat(prompt.main())
                .isEqualTo("1girl, solo, ann, Some Tale, some artist, nightX, night look, coatX, waveX, inkX, eyesX, "
                        + "shoreX, base, hair, eyes, hands, arms, torso, pelvis, legs, feet, extra, coat, a body, "
                        + "a more, a head, a eyes, a arms, a hands, expression, s back, s fore, s chair, s colors, "
                        + "s light, s theme, aesthetic, ink wash, tag one, tag two, 3, look tag, coat tag, "
                        + "action tag, scene tag, detailed eyes, sharp");
        assertThat(prompt.face()).isEqualTo("ann, hair, eyes, expression, a head, a eyes, detailed eyes, sharp");
        assertThat(prompt.hand()).isEqualTo("hands, a hands, a arms");
        assertThat(prompt.negative()).isEqualTo("sun light");
        assertThat(prompt.warnings()).isEmpty();
    }

    @Test
    void every_part_tells_asset_field_and_block() {
        Prompt prompt = everybody().build();

        assertThat(prompt.parts().stream().filter(part -> part.target() == Target.MAIN))
                .extracting(
                        part -> String.valueOf(part.asset()),
                        part -> String.valueOf(part.field()),
                        PromptPart::block,
                        PromptPart::text)
                .contains(
                        tuple("outfit/coat", "wardrobe::top", "wardrobe", "coat"),
                        tuple("look/night", "special::positive", "triggers", "night look"),
                        tuple("look/night", "lora::lora_triggers", "triggers", "nightX"),
                        tuple("character/ann", "special::name", "name", "ann"));
        assertThat(prompt.main())
                .isEqualTo(String.join(
                        ", ",
                        prompt.parts().stream()
                                .filter(part -> part.target() == Target.MAIN)
                                .map(PromptPart::text)
                                .toList()));
    }

    @Test
    @Tag("G76")
    void a_look_without_a_lora_leaves_the_triggers_to_its_character() {
        assertThat(full().prompt()
                        .character("ann")
                        .with("look", "plain")
                        .build()
                        .main())
                .contains("Some Tale, trigger, plain look, base");
    }

    @Test
    @Tag("G76")
    void a_look_alone_gives_its_own_words() {
        Prompt prompt = full().prompt().with("look", "night").build();

        assertThat(prompt.main()).isEqualTo("nightX, night look, look tag");
    }

    @Test
    void an_outfit_without_clothes_replaces_nothing() {
        assertThat(full().prompt()
                        .character("ann")
                        .with("outfit", "file_only")
                        .build()
                        .main())
                .contains("trigger, onlyX, base")
                .contains("w body, w head, w top");
    }

    @Test
    void gloves_go_before_hands_and_bare_hands_only_where_both_are_missing() {
        assertThat(full().prompt()
                        .character("ann")
                        .with("outfit", "mittens")
                        .build()
                        .hand())
                .isEqualTo("(fingerless gloves:1.1), mittens");
        assertThat(full().prompt()
                        .character("ann")
                        .with("outfit", "coat")
                        .build()
                        .hand())
                .isEqualTo("hands");
        assertThat(full().prompt()
                        .character("ann")
                        .only("identity::hands")
                        .build()
                        .hand())
                .isEqualTo("hands");
        assertThat(full().prompt()
                        .character("ann")
                        .only("identity::hands", "wardrobe::hands")
                        .build()
                        .hand())
                .isEqualTo("w hands");
    }

    @Test
    @Tag("G75")
    void a_detailer_feeds_what_it_focuses_on() {
        Prompt prompt =
                full().prompt().character("ann").with("detailer", "nails").build();

        assertThat(prompt.face()).isEqualTo("ann, hair, eyes, expression, w head");
        assertThat(prompt.hand()).isEqualTo("w gloves, w hands, nails");
    }

    @Test
    void a_blank_face_or_hand_stays_blank_here_and_is_sent_as_main() {
        Prompt prompt = full().prompt().character("ann").only("identity::legs").build();

        assertThat(prompt.face()).isEmpty();
        assertThat(prompt.hand()).isEmpty();
        assertThat(prompt.faceSent()).isEqualTo(prompt.main());
        assertThat(prompt.handSent()).isEqualTo(prompt.main());
    }

    // Selection ------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G22")
    void head_and_tags_are_written_whatever_is_selected() {
        assertThat(full().prompt()
                        .character("ann")
                        .only("identity::legs")
                        .build()
                        .main())
                .isEqualTo("1girl, solo, legs, tag one, tag two, 3");
    }

    @Test
    @Tag("G22")
    @Tag("G23")
    void triggers_are_selected_by_their_address_for_all_merged_assets() {
        PromptBuilder both = full().prompt().character("ann").with("outfit", "coat");

        assertThat(both.only("lora::lora_triggers").build().main())
                .isEqualTo("1girl, solo, trigger, coatX, tag one, tag two, 3, coat tag");
        assertThat(both.only("wardrobe::top").build().main())
                .isEqualTo("1girl, solo, coat, tag one, tag two, 3, coat tag");
    }

    @Test
    @Tag("G22")
    void default_fields_are_used_when_nothing_is_selected() {
        Shelf shelf = full().state("character", "ann", state -> state.withDefaultFields(fields("identity::hair")));

        assertThat(shelf.prompt().character("ann").build().main()).isEqualTo("1girl, solo, hair, tag one, tag two, 3");
        assertThat(shelf.prompt()
                        .character("ann")
                        .only("identity::eyes")
                        .build()
                        .main())
                .isEqualTo("1girl, solo, eyes, tag one, tag two, 3");
    }

    @Test
    @Tag("G22")
    void default_fields_of_the_subject_do_not_leave_out_what_else_was_chosen() {
        Shelf shelf = full().state("character", "ann", state -> state.withDefaultFields(fields("identity::hair")));

        assertThat(shelf.prompt()
                        .character("ann")
                        .with("outfit", "coat")
                        .build()
                        .main())
                .isEqualTo("1girl, solo, coatX, hair, coat, tag one, tag two, 3, coat tag");
    }

    @Test
    @Tag("G23")
    void an_unknown_address_is_passed_over_with_a_warning() {
        Prompt prompt = full().prompt()
                .character("ann")
                .only("identity::hare", "identity::hair", "gone::field")
                .build();

        assertThat(prompt.main()).isEqualTo("1girl, solo, hair, tag one, tag two, 3");
        assertThat(prompt.warnings()).hasSize(2);
        assertThat(prompt.warnings().get(0).what()).contains("identity::hare");
        assertThat(prompt.warnings().get(0).fix()).contains("identity::hair");
    }

    @Test
    void unknown_default_fields_are_told_with_the_asset_that_keeps_them() {
        Shelf shelf = full().state(
                        "character", "ann", state -> state.withDefaultFields(fields("identity::hair", "gone::field")));

        assertThat(shelf.prompt().character("ann").build().warnings())
                .extracting(Problem::where)
                .containsExactly("default fields of character/ann");
    }

    // A picture made for another asset -------------------------------------------------------------------------------

    @Test
    @Tag("G39")
    @Tag("G40")
    void a_picture_made_for_an_action_keeps_what_is_essential_of_its_character() {
        Shelf shelf = new Shelf()
                .put("character", "ann", """
                        {'participants': {'orientation': '1F'}, 'identity': {'hair': 'bob', 'eyes': ' '},
                         'wardrobe': {'top': 'shirt'}, 'defaults': {'pose': 'standing', 'expression': 'smile'}}""")
                .put("action", "wave", "{'action': {'head': 'nod', 'arms': 'waving'}}");

        Selection made = Selection.of("action", "wave").with("character", "ann");

        assertThat(shelf.prompt().selecting(made.only("action::head")).build().main())
                .isEqualTo("1girl, solo, ann, bob, shirt, nod, simple background");
        assertThat(shelf.prompt().selecting(made).build().main())
                .isEqualTo("1girl, solo, ann, bob, shirt, nod, waving, smile, simple background");
    }

    @Test
    @Tag("G39")
    void what_is_replaced_is_not_essential_and_a_character_of_its_own_is_left_as_selected() {
        Shelf shelf = Shelf.withMira();

        assertThat(shelf.prompt()
                        .selecting(Selection.of("outfit", "raincoat")
                                .with("character", "mira_vale")
                                .only("wardrobe::footwear"))
                        .build()
                        .main())
                .isEqualTo("1girl, solo, mira vale, long hair, red hair, green eyes, rubber boots, simple background");
        assertThat(shelf.prompt()
                        .selecting(Selection.of("character", "mira_vale").only("identity::eyes"))
                        .build()
                        .main())
                .isEqualTo("1girl, solo, green eyes");
    }

    @Test
    @Tag("G40")
    void default_fields_of_the_asset_it_is_made_for_rule_that_asset_and_the_subject() {
        Shelf shelf =
                Shelf.withMira().state("outfit", "raincoat", state -> state.withDefaultFields(fields("wardrobe::top")));

        assertThat(shelf.prompt()
                        .selecting(Selection.of("outfit", "raincoat")
                                .with("character", "mira_vale")
                                .with("action", "sitting"))
                        .build()
                        .main())
                .isEqualTo("1girl, solo, mira vale, long hair, red hair, green eyes, yellow raincoat, sitting, "
                        + "crossed legs, simple background");
    }

    private static List<FieldAddress> fields(String... addresses) {
        return Stream.of(addresses).map(FieldAddress::parse).toList();
    }
}
