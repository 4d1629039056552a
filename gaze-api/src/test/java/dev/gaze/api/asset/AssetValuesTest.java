package dev.gaze.api.asset;

import static dev.gaze.api.plugin.Position.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AssetValuesTest {

    @ParameterizedTest
    @CsvSource({"rin_(nox)-2.b, rin_nox2b", "Rin Nox, RinNox", "yuna_(ff10), yuna_ff10", "ΩΩ, ''", "Zoë, Zo"})
    @Tag("G7")
    @Tag("G157")
    void a_slug_keeps_ascii_letters_digits_and_underscores(String id, String slug) {
        assertThat(Category.named("character").slug(id)).isEqualTo(slug);
    }

    @Test
    @Tag("G158")
    void a_slug_that_keeps_gaps_writes_underscores_instead() {
        assertThat(Category.named("checkpoint").slugKeepsGaps().slug("Noob/aurora-v2.1.safetensors"))
                .isEqualTo("Noob_aurora_v2_1_safetensors");
    }

    @Test
    @Tag("G150")
    void a_category_is_declared_in_one_expression() {
        Category pose =
                Category.named("pose").folder("poses").section("pose", after("action"), "full_body", "arms", "hands");

        assertThat(pose).hasToString("pose (poses): pose[full_body, arms, hands]");
        assertThat(pose.idKey()).isEqualTo("pose_id");
        assertThat(pose.nameKey()).isEqualTo("pose_name");
        assertThat(pose.model()).isEqualTo(ModelFile.LORA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pose", "../poses", "po se", "1pose"})
    void a_category_name_that_could_leave_its_folder_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Category.named(name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Category.named("pose").folder(name));
    }

    @Test
    @Tag("G23")
    void a_field_address_reads_and_prints_the_same() {
        assertThat(FieldAddress.parse(" identity :: hair ")).hasToString("identity::hair");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldAddress.parse("identity.hair"))
                .withMessageContaining("section::key");
        assertThatIllegalArgumentException().isThrownBy(() -> FieldAddress.parse("::hair"));
    }

    @Test
    void the_texts_of_a_value_are_flat_whatever_its_depth() {
        JsonArray value = JsonArray.of(" a ", List.of("b", List.of("", 3)), JsonNull.NULL, true);

        assertThat(AssetData.texts(value)).containsExactly("a", "b", "3");
        assertThat(AssetData.texts(null)).isEmpty();
    }

    @Test
    void a_change_keeps_the_order_of_keys_and_the_text_of_numbers() {
        JsonObject lora = JsonObject.of("lora_name", "a", "lora_weight", new JsonNumber("0.80"), "mine", 1);
        AssetData data = AssetData.of(JsonObject.of("unknown", List.of(1), "lora", lora, "last", null));

        assertThat(data.with("b", "lora", "lora_name"))
                .hasToString("{\"unknown\": [1], \"lora\": {\"lora_name\": \"b\", \"lora_weight\": 0.80, \"mine\": 1}, "
                        + "\"last\": null}");
    }

    @Test
    void a_blank_cover_counts_as_none() {
        assertThat(AssetState.EMPTY.withCover("  ").cover()).isNull();
    }
}
