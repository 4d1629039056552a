package dev.gaze.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanValuesTest {

    @Test
    @Tag("G140")
    void a_lora_name_is_written_with_forward_slashes() {
        assertThat(LoraRef.of(" Illustrious\\Poses\\sitting.safetensors ", 1).file())
                .isEqualTo("Illustrious/Poses/sitting.safetensors");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100.01, 100.01, Double.NaN, Double.POSITIVE_INFINITY})
    void a_strength_beyond_what_comfyui_accepts_is_refused(double strength) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoraRef.of("a.safetensors", strength))
                .withMessageContaining("-100 to 100")
                .withMessageContaining("a.safetensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "../a.safetensors",
                "a/../../b.safetensors",
                "/etc/a.safetensors",
                "C:\\a.safetensors",
                "a\0.safetensors",
                "a.ckpt",
                "a.pt"
            })
    @Tag("I40")
    void a_lora_outside_the_loras_folder_or_of_another_kind_is_refused(String file) {
        assertThatIllegalArgumentException().isThrownBy(() -> LoraRef.of(file, 1));
    }

    @Test
    @Tag("G67")
    void the_lora_of_an_asset_is_read_in_every_spelling() {
        assertThat(LoraRef.in(lora("lora_name", "a.safetensors", "lora_weight", 0.7, "lora_triggers", " miraV "), 1))
                .contains(new LoraRef("a.safetensors", 0.7, 0.7, "miraV"));
        assertThat(LoraRef.in(lora("path", "a.safetensors", "weight", 0.6), 1))
                .contains(new LoraRef("a.safetensors", 0.6, 0.6, ""));
        assertThat(LoraRef.in(lora("name", "a.safetensors", "strength_model", 0.5, "strength_clip", 0), 1))
                .contains(new LoraRef("a.safetensors", 0.5, 0, ""));
        assertThat(LoraRef.in(lora("lora_name", "a.safetensors"), 0.85))
                .contains(new LoraRef("a.safetensors", 0.85, 0.85, ""));
    }

    @Test
    @Tag("G159")
    void a_blank_lora_name_is_no_lora() {
        assertThat(LoraRef.in(lora("lora_name", "  ", "lora_weight", 1), 1)).isEmpty();
        assertThat(LoraRef.in(AssetData.of(JsonObject.empty()), 1)).isEmpty();
    }

    @Test
    void a_weight_of_zero_is_kept() {
        assertThat(LoraRef.in(lora("lora_name", "a.safetensors", "lora_weight", 0), 1))
                .contains(new LoraRef("a.safetensors", 0, 0, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "9223372036854775808, 9223372036854775808",
        "18446744073709551615, 18446744073709551615"
    })
    void a_seed_is_unsigned_and_zero_is_one(String text, String shown) {
        assertThat(Seed.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "18446744073709551616", "", "4.5", "0x10"})
    void what_is_no_seed_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Seed.parse(text))
                .withMessageContaining("18446744073709551615");
    }

    @ParameterizedTest
    @CsvSource({"63, 512", "512, 2056", "512, 0", "-8, 512", "513, 512"})
    @Tag("I75")
    void a_size_is_a_multiple_of_8_between_64_and_2048(int width, int height) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Size(width, height))
                .withMessageContaining("multiple of 8");
    }

    @Test
    void sampler_settings_name_the_range_they_accept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SamplerSettings.DEFAULT.withSteps(151))
                .withMessage("Steps must be between 1 and 150, got 151");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SamplerSettings.DEFAULT.withCfg(Double.NaN))
                .withMessageContaining("between 0 and 30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "151", "99999999999", "1e9999"})
    void a_checkpoint_with_steps_beyond_their_range_is_refused_with_it(String steps) {
        AssetData data =
                AssetData.of(JsonObject.of("checkpoint_path", "a.safetensors", "steps", new JsonNumber(steps)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointSettings.in(data))
                .withMessage("Steps must be between 1 and 150, got " + steps);
    }

    @Test
    @Tag("G77")
    @Tag("G79")
    void a_checkpoint_that_says_little_gets_the_defaults() {
        CheckpointSettings settings =
                CheckpointSettings.in(AssetData.of(JsonObject.of("checkpoint_path", "Noob\\a.safetensors")));

        assertThat(settings).isEqualTo(CheckpointSettings.of("Noob/a.safetensors"));
        assertThat(settings.sampler()).isEqualTo(new SamplerSettings(25, 5, "euler_ancestral", "normal"));
        assertThat(settings.hasIntegratedVae()).isTrue();
    }

    @Test
    @Tag("G77")
    void a_checkpoint_says_how_to_sample_and_what_to_add() {
        CheckpointSettings settings = CheckpointSettings.in(AssetData.of(JsonObject.of(
                "checkpoint_path", "a.safetensors",
                "base_positive", "masterpiece",
                "base_negative", "text",
                "base_position", "suffix",
                "steps", 30,
                "cfg", new JsonNumber("0"),
                "sampler_name", "dpmpp_2m",
                "scheduler", "karras",
                "vae", "sdxl_vae.safetensors")));

        assertThat(settings)
                .isEqualTo(new CheckpointSettings(
                        "a.safetensors",
                        "masterpiece",
                        "text",
                        true,
                        new SamplerSettings(30, 0, "dpmpp_2m", "karras"),
                        "sdxl_vae.safetensors"));
    }

    private static AssetData lora(Object... pairs) {
        return AssetData.of(JsonObject.of("lora", JsonObject.of(pairs)));
    }
}
