package dev.gaze.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.Models.BaseModel;
import dev.gaze.api.plan.Models.LoraCheck;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.core.prompt.Shelf;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model files of this machine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ModelFilesTest {
    private static final String SD15 =
            "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight";

    @TempDir
    private Path folder;

    private Path loras;
    private Path more;
    private Path checkpoints;
    private ModelFiles files;

    @BeforeEach
    void roots() throws IOException {
        loras = Files.createDirectory(folder.resolve("loras"));
        more = Files.createDirectory(folder.resolve("more"));
        checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        files = new ModelFiles(Map.of("loras", List.of(loras, more), "checkpoints", List.of(checkpoints)));
    }

    private static Path safetensors(Path file, String tensor, int... shape) throws IOException {
        JsonObject header = JsonObject.of(
                "__metadata__",
                Map.of("format", "pt"),
                tensor,
                Map.of("dtype", "F16", "shape", Arrays.stream(shape).boxed().toList(), "data_offsets", List.of(0, 0)));
        return bytes(file, Json.compact(header));
    }

    private static Path bytes(Path file, byte[] header) throws IOException {
        Files.createDirectories(file.getParent());
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(file, content.putLong(header.length).put(header).array());
    }

    @Test
    @Tag("G100")
    void what_makers_wrote_into_a_header_can_be_read_and_a_bad_file_says_nothing() throws IOException {
        bytes(
                loras.resolve("a.safetensors"),
                Json.compact(JsonObject.of(
                        "__metadata__",
                        JsonObject.of("modelspec.title", "Lotus", "steps", 3, "ss_tag_frequency", "{}"))));
        bytes(
                checkpoints.resolve("Illustrious/b.safetensors"),
                Json.compact(JsonObject.of("__metadata__", JsonObject.of("modelspec.title", "Big"))));
        Files.writeString(loras.resolve("torn.safetensors"), "no header");
        bytes(loras.resolve("odd.safetensors"), "[1]".getBytes(StandardCharsets.UTF_8));

        assertThat(files.metadata("loras", "a.safetensors"))
                .isEqualTo(Map.of("modelspec.title", "Lotus", "ss_tag_frequency", "{}"));
        assertThat(files.metadata("checkpoints", "Illustrious/b.safetensors"))
                .isEqualTo(Map.of("modelspec.title", "Big"));
        for (String name :
                List.of("torn.safetensors", "odd.safetensors", "none.safetensors", "../a.safetensors", "\0")) {
            assertThat(files.metadata("loras", name)).as(name).isEmpty();
        }
        assertThat(files.metadata("nowhere", "a.safetensors")).isEmpty();
    }

    // Scans ----------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I40")
    @Tag("I41")
    @Tag("G142")
    void only_safetensors_files_are_loras_and_all_roots_count_once() throws IOException {
        safetensors(loras.resolve("Illustrious/Poses/sit.safetensors"), SD15, 8, 768);
        safetensors(loras.resolve("a.safetensors"), SD15, 8, 768);
        safetensors(more.resolve("a.safetensors"), SD15, 8, 768);
        safetensors(more.resolve("z.safetensors"), SD15, 8, 768);
        Files.writeString(loras.resolve("old.pt"), "x");
        Files.writeString(loras.resolve("notes.txt"), "x");
        Files.createDirectory(loras.resolve("folder.safetensors"));

        assertThat(files.loras())
                .containsExactly("Illustrious/Poses/sit.safetensors", "a.safetensors", "z.safetensors");
    }

    @Test
    @Tag("G142")
    void checkpoints_are_scanned_in_their_own_roots() throws IOException {
        safetensors(checkpoints.resolve("Noob/x.safetensors"), SD15, 8, 768);
        Files.writeString(checkpoints.resolve("old.ckpt"), "x");

        assertThat(files.checkpoints()).containsExactly("Noob/x.safetensors", "old.ckpt");
    }

    @Test
    void linked_folders_are_followed_and_circles_and_missing_roots_do_no_harm() throws IOException {
        safetensors(more.resolve("deep/b.safetensors"), SD15, 8, 768);
        Files.createSymbolicLink(loras.resolve("linked"), more.resolve("deep"));
        Files.createSymbolicLink(more.resolve("deep/circle"), more.resolve("deep"));
        Files.createSymbolicLink(loras.resolve("broken.safetensors"), folder.resolve("nowhere"));

        assertThat(files.loras()).containsExactly("deep/b.safetensors", "linked/b.safetensors");
        assertThat(new ModelFiles(Map.of("loras", List.of(folder.resolve("nowhere")))).loras())
                .isEmpty();
        assertThat(new ModelFiles(Map.of()).checkpoints()).isEmpty();
    }

    // Headers --------------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0} {1}x{2} is {3}")
    @CsvSource({
        SD15 + ", 8, 768, SD15",
        SD15 + ", 8, 1024, SD2",
        SD15 + ", 8, 2048, SDXL",
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight, 4, 2048, SDXL",
        "lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight, 8, 1280, SDXL",
        "text_encoder_2.text_model.encoder.layers.0.mlp.fc1.lora_A.weight, 8, 1280, SDXL",
        "lora_unet_double_blocks_0_img_attn_proj.lora_down.weight, 16, 3072, FLUX",
        "transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight, 16, 3072, FLUX"
    })
    @Tag("I42")
    void the_base_model_is_told_by_names_and_shapes(String tensor, int rank, int width, BaseModel base)
            throws IOException {
        safetensors(loras.resolve("x.safetensors"), tensor, rank, width);

        LoraCheck check = files.check("x.safetensors");

        assertThat(check.base()).contains(base);
        assertThat(check.unreadable()).isEmpty();
        assertThat(check.fits(base)).isTrue();
        assertThat(check.fits(base == BaseModel.SD15 ? BaseModel.SDXL : BaseModel.SD15))
                .isFalse();
    }

    @Test
    @Tag("I42")
    void a_file_that_tells_nothing_fits_everything() throws IOException {
        safetensors(loras.resolve("x.safetensors"), "something.else", 1, 2);

        LoraCheck check = files.check("x.safetensors");

        assertThat(check).isEqualTo(new LoraCheck(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(check.fits(BaseModel.FLUX)).isTrue();
    }

    @Test
    @Tag("I42")
    void over_150_megabytes_alone_is_only_a_hint() throws IOException {
        Path file = safetensors(loras.resolve("x.safetensors"), "something.else", 1, 2);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(150_000_001);
        }

        LoraCheck check = files.check("x.safetensors");

        assertThat(check.base()).isEmpty();
        assertThat(check.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("150 MB", "SDXL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gone.safetensors",
                "../checkpoints/x.safetensors",
                "/etc/passwd.safetensors",
                "C:\\x.safetensors",
                "\0.safetensors",
                "old.pt",
                "",
                "folder.safetensors",
                "empty.safetensors",
                "short.safetensors",
                "text.safetensors",
                "huge.safetensors",
                "negative.safetensors",
                "list.safetensors",
                "broken.safetensors",
                "tensorless.safetensors"
            })
    @Tag("I42")
    void what_cannot_be_read_is_told_with_the_reason_and_never_thrown(String name) throws IOException {
        safetensors(checkpoints.resolve("x.safetensors"), SD15, 8, 768);
        Files.writeString(loras.resolve("old.pt"), "x");
        Files.createDirectory(loras.resolve("folder.safetensors"));
        Files.write(loras.resolve("empty.safetensors"), new byte[0]);
        Files.write(loras.resolve("short.safetensors"), new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{'});
        Files.writeString(loras.resolve("text.safetensors"), "<html>not a model, although it is long enough</html>");
        Files.write(loras.resolve("huge.safetensors"), new byte[] {0, 0, 0, 0, 1, 0, 0, 0, '{', '}'});
        Files.write(loras.resolve("negative.safetensors"), new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'});
        bytes(loras.resolve("list.safetensors"), "[1]".getBytes(StandardCharsets.UTF_8));
        bytes(loras.resolve("broken.safetensors"), "{\"a\": ".getBytes(StandardCharsets.UTF_8));
        bytes(loras.resolve("tensorless.safetensors"), "{\"__metadata__\": {}}".getBytes(StandardCharsets.UTF_8));

        LoraCheck check = files.check(name);

        assertThat(check.unreadable()).isPresent();
        assertThat(check.base()).isEmpty();
        assertThat(check.fits(BaseModel.SD15)).isTrue();
    }

    @Test
    void a_file_that_changed_is_read_again() throws IOException {
        safetensors(loras.resolve("x.safetensors"), SD15, 8, 768);
        assertThat(files.check("x.safetensors").base()).contains(BaseModel.SD15);

        safetensors(loras.resolve("x.safetensors"), SD15, 16, 2048);

        assertThat(files.check("x.safetensors").base()).contains(BaseModel.SDXL);
    }

    // In a plan ------------------------------------------------------------------------------------------------------

    @Test
    @Tag("I42")
    @Tag("I75")
    void a_plan_warns_of_what_does_not_fit_together() throws IOException {
        safetensors(loras.resolve("xl.safetensors"), SD15, 8, 2048);
        safetensors(loras.resolve("good.safetensors"), SD15, 8, 768);
        safetensors(
                checkpoints.resolve("old.safetensors"),
                "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
                320,
                768);
        Shelf shelf = new Shelf()
                .put("style", "a", "{'lora': {'lora_name': 'xl.safetensors'}}")
                .put("outfit", "b", "{'lora': {'lora_name': 'good.safetensors'}}")
                .put("action", "c", "{'lora': {'lora_name': 'elsewhere.safetensors'}}")
                .put("checkpoint", "old", "{'checkpoint_path': 'old.safetensors'}");
        GenerationRequest request = GenerationRequest.mix()
                .with("style", "a")
                .with("outfit", "b")
                .with("action", "c")
                .checkpoint("old")
                .size(512, 1024);
        Cast cast = shelf.composer().cast(request.selection(), Optional.empty());

        RenderPlan plan = new Planner(shelf.installed(), new Random(1), files)
                .plan(request, cast, shelf.composer().compose(request.selection(), cast, LiteralTexts.NONE));

        assertThat(plan.warnings())
                .extracting(Problem::what)
                .containsExactly(
                        "512x1024 is large for Stable Diffusion 1.5, which repeats itself above 768 pixels",
                        "LoRA 'xl.safetensors' is made for SDXL, the checkpoint is SD15");
        assertThat(files.baseOfCheckpoint("gone.safetensors")).isEmpty();
    }
}
