package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Wardrobe;
import dev.gaze.api.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("G87")
class WardrobeTest {
    @TempDir
    private Path root;

    private TestLibrary library;
    private AssetRepository characters;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
        library.write("characters/flat.json", """
                {"character_id": "flat", "wardrobe": {"top": "shirt", "bottom": "jeans"}, "note": 1}""");
        library.write("characters/nested.json", """
                {"character_id": "nested", "wardrobe": {"default": {"top": "shirt"}, "gala": {"full_body": "gown"}}}""");
        library.write("characters/bare.json", "{\"character_id\": \"bare\"}");
        characters = library.assets("character");
    }

    @AfterEach
    void close() {
        library.close();
    }

    @Test
    @Tag("G24")
    void both_forms_are_read() {
        Wardrobe flat = characters.wardrobe("flat");
        Wardrobe nested = characters.wardrobe("nested");

        assertThat(flat.outfits()).containsExactly("default");
        assertThat(flat.get("default")).isEqualTo(JsonObject.of("top", "shirt", "bottom", "jeans"));
        assertThat(nested.outfits()).containsExactly("default", "gala");
        assertThat(nested.get("gala").text("full_body")).contains("gown");
        assertThat(nested.active()).contains("default");
        assertThat(characters.wardrobe("bare").outfits()).isEmpty();
        assertThat(characters.wardrobe("bare").active()).isEmpty();
        Refusal.of(() -> nested.get("galla")).isMissing().says("did you mean 'gala'?");
    }

    @Test
    void the_active_outfit_is_kept_beside_the_file() {
        characters.wardrobe("nested").activate("gala");

        library.reopen();
        assertThat(library.assets("character").wardrobe("nested").active()).contains("gala");
        assertThat(library.file("characters/nested.json")).content().doesNotContain("active");
        Refusal.of(() -> library.assets("character").wardrobe("nested").activate("nothing"))
                .isMissing();
    }

    @Test
    void an_active_outfit_that_vanished_falls_back_to_default_and_then_to_none() {
        library.write("characters/.state/nested.json", "{\"outfit\": \"vanished\"}");
        characters.sync();
        assertThat(characters.wardrobe("nested").active()).contains("default");

        characters.wardrobe("nested").activate("gala");
        characters.edit("nested", data -> data.with(JsonObject.of("other", JsonObject.of("top", "x")), "wardrobe"));
        assertThat(characters.wardrobe("nested").active()).isEmpty();
    }

    @Test
    void adding_to_a_flat_wardrobe_makes_it_nested_and_keeps_the_rest_of_the_file() {
        Wardrobe wardrobe = characters.wardrobe("flat");

        wardrobe.add("rain", JsonObject.of("top", "raincoat"));

        assertThat(wardrobe.outfits()).containsExactly("default", "rain");
        assertThat(wardrobe.get("default").text("bottom")).contains("jeans");
        assertThat(characters.get("flat").data().json().members().keySet())
                .containsExactly("character_id", "wardrobe", "note");
        Refusal.of(() -> wardrobe.add("rain", JsonObject.empty())).isConflict();
        Refusal.of(() -> wardrobe.add(" ", JsonObject.empty())).isInvalid();
    }

    @Test
    void the_first_outfit_of_a_bare_character_can_be_added() {
        characters.wardrobe("bare").add("default", JsonObject.of("top", "shirt"));

        assertThat(characters.wardrobe("bare").outfits()).containsExactly("default");
        assertThat(characters.wardrobe("bare").active()).contains("default");
    }

    @Test
    void renaming_keeps_place_content_and_activity() {
        Wardrobe wardrobe = characters.wardrobe("nested");

        wardrobe.rename("default", "daily");

        assertThat(wardrobe.outfits()).containsExactly("daily", "gala");
        assertThat(wardrobe.active()).contains("daily");
        wardrobe.rename("gala", "ball");
        assertThat(wardrobe.active()).contains("daily");
        wardrobe.rename("ball", "ball");
        assertThat(wardrobe.outfits()).containsExactly("daily", "ball");
        Refusal.of(() -> wardrobe.rename("daily", "ball")).isConflict();
        Refusal.of(() -> wardrobe.rename("gala", "x")).isMissing();
    }

    @Test
    void deleting_the_active_outfit_moves_to_default_or_to_the_first_one_left() {
        Wardrobe wardrobe = characters.wardrobe("nested");
        wardrobe.add("beach", JsonObject.of("top", "bikini top"));
        wardrobe.activate("beach");

        wardrobe.delete("beach");
        assertThat(wardrobe.active()).contains("default");

        wardrobe.delete("default");
        assertThat(wardrobe.active()).contains("gala");
        Refusal.of(() -> wardrobe.delete("gala")).isRefused().says("the last outfit");
        Refusal.of(() -> wardrobe.delete("nothing")).isMissing();
        assertThat(wardrobe.outfits()).containsExactly("gala");
    }

    @Test
    void deleting_another_outfit_leaves_the_active_one() {
        Wardrobe wardrobe = characters.wardrobe("nested");
        wardrobe.activate("gala");

        wardrobe.delete("default");

        assertThat(wardrobe.active()).contains("gala");
    }

    @Test
    void a_category_without_a_wardrobe_of_outfits_says_so() {
        library.outfit("coat", "Coat");
        library.assets("outfit").sync();

        Refusal.of(() -> library.assets("outfit").wardrobe("coat")).isInvalid();
        Refusal.of(() -> characters.wardrobe("nobody")).isMissing();
    }
}
