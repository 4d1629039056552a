package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which node of a graph plays which role. */
@Tag("G21")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RolesTest extends RolesTesting {
    @Test
    void a_plain_graph_explains_itself() {
        WorkflowTemplate template = read(Graphs.PLAIN);
        assertThat(template.graph().roles())
                .isEqualTo(Map.of(
                        Role.SAMPLER, "31",
                        Role.CHECKPOINT, "41",
                        Role.LATENT, "51",
                        Role.POSITIVE, "61",
                        Role.NEGATIVE, "71",
                        Role.DECODE, "81",
                        Role.SAVE, "91"));
        assertThat(template.graph().ends())
                .isEqualTo(Map.of(
                        "MODEL", new Link("41", 0),
                        "CLIP", new Link("41", 1),
                        "VAE", new Link("41", 2),
                        "IMAGE", new Link("81", 0)));
        assertThat(template.loraLoaders()).isEmpty();
        assertThat(template.texts())
                .isEqualTo(new LiteralTexts(
                        "a cat", "a dog", LiteralTexts.FACE_PLACEHOLDER, LiteralTexts.HAND_PLACEHOLDER));
    }

    @Test
    void the_main_sampler_of_a_hires_fix_is_the_one_that_starts_from_nothing() {
        Map<Role, String> roles = roles("""
                1 CheckpointLoaderSimple ckpt_name=a.safetensors
                2 EmptyLatentImage width=512 height=512 batch_size=1
                3 CLIPTextEncode text=yes clip=1:1
                4 CLIPTextEncode text=no clip=1:1
                15 KSampler seed=1 model=1:0 positive=3:0 negative=4:0 latent_image=16:0
                16 LatentUpscaleBy samples=17:0 scale_by=1.5
                17 KSampler seed=1 model=1:0 positive=3:0 negative=4:0 latent_image=2:0
                18 VAEDecode samples=17:0 vae=1:2
                19 PreviewImage images=18:0
                20 VAEDecode samples=15:0 vae=1:2
                21 SaveImage images=20:0 filename_prefix=x
                """);
        assertThat(roles)
                .containsEntry(Role.SAMPLER, "17")
                .containsEntry(Role.LATENT, "2")
                .containsEntry(Role.DECODE, "20")
                .containsEntry(Role.SAVE, "21");
    }

    @Test
    void words_are_followed_through_conditioning_nodes_to_their_side() {
        Map<Role, String> roles = roles("""
                1 CheckpointLoaderSimple ckpt_name=a.safetensors
                2 EmptyLatentImage width=512 height=512 batch_size=1
                3 CLIPTextEncode text=yes clip=1:1
                4 CLIPTextEncode text=no clip=1:1
                5 ControlNetLoader control_net_name=pose.safetensors
                6 LoadImage image=pose.png
                7 ControlNetApplyAdvanced positive=3:0 negative=4:0 control_net=5:0 image=6:0 strength=1
                8 ConditioningSetTimestepRange conditioning=7:0 start=0 end=1
                9 KSampler seed=1 model=1:0 positive=8:0 negative=7:1 latent_image=2:0
                """);
        assertThat(roles).containsEntry(Role.POSITIVE, "3").containsEntry(Role.NEGATIVE, "4");
    }

    @Test
    void a_graph_of_separate_loaders_and_a_guider_is_understood() {
        WorkflowTemplate template = read("""
                1 UNETLoader unet_name=flux/dev.safetensors weight_dtype=default
                2 CLIPLoader clip_name=t5.safetensors type=flux
                3 VAELoader vae_name=flux/ae.safetensors
                4 CLIPTextEncode text=words clip=2:0
                5 FluxGuidance conditioning=4:0 guidance=3.5
                6 BasicGuider model=1:0 conditioning=5:0
                7 RandomNoise noise_seed=5
                8 KSamplerSelect sampler_name=euler
                9 BasicScheduler model=1:0 scheduler=simple steps=20 denoise=1
                10 EmptySD3LatentImage width=1024 height=1024 batch_size=1
                11 SamplerCustomAdvanced noise=7:0 guider=6:0 sampler=8:0 sigmas=9:0 latent_image=10:0
                12 VAEDecode samples=11:0 vae=3:0
                13 SaveImage images=12:0 filename_prefix=x
                """);
        assertThat(template.graph().roles())
                .isEqualTo(Map.of(
                        Role.SAMPLER, "11",
                        Role.CHECKPOINT, "1",
                        Role.LATENT, "10",
                        Role.POSITIVE, "4",
                        Role.DECODE, "12",
                        Role.SAVE, "13",
                        Role.VAE, "3"));
        assertThat(template.graph().ends())
                .containsEntry("MODEL", new Link("1", 0))
                .containsEntry("CLIP", new Link("2", 0))
                .containsEntry("VAE", new Link("3", 0));
    }

    @Test
    void a_negative_that_is_only_zeroed_out_has_no_encoder() {
        Map<Role, String> roles = roles("""
                1 CheckpointLoaderSimple ckpt_name=a.safetensors
                2 EmptyLatentImage width=512 height=512 batch_size=1
                3 CLIPTextEncode text=yes clip=1:1
                4 ConditioningZeroOut conditioning=3:0
                5 KSampler seed=1 model=1:0 positive=3:0 negative=4:0 latent_image=2:0
                """);
        assertThat(roles).containsEntry(Role.POSITIVE, "3").doesNotContainKey(Role.NEGATIVE);
    }

    @Test
    void detailers_are_told_by_what_their_detector_finds_and_their_words_by_their_links() {
        WorkflowTemplate template = read(Graphs.PLAIN + """
                100 UltralyticsDetectorProvider model_name=bbox/hand_yolov8n.pt
                101 UltralyticsDetectorProvider model_name=bbox/face_yolov8n.pt
                102 CLIPTextEncode text="fine fingers" clip=41:1
                103 FaceDetailer image=104:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=102:0 negative=71:0 \
                bbox_detector=100:0
                104 FaceDetailer image=81:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=61:0 negative=71:0 \
                bbox_detector=101:0
                105 SaveImage images=103:0 filename_prefix=last
                """);
        assertThat(template.graph().roles())
                .containsEntry(Role.HAND_DETAILER, "103")
                .containsEntry(Role.FACE_DETAILER, "104")
                .containsEntry(Role.HAND_PROMPT, "102")
                .as("the face says what the picture says")
                .doesNotContainKey(Role.FACE_PROMPT)
                .as("the last save")
                .containsEntry(Role.SAVE, "105");
        assertThat(template.texts().hand()).isEqualTo("fine fingers");
    }

    @Test
    void a_detailer_of_segments_is_told_by_the_detector_behind_them() {
        assertThat(roles(Graphs.PLAIN + """
                        100 UltralyticsDetectorProvider model_name=bbox/hand_yolov8s.pt
                        101 BboxDetectorSEGS bbox_detector=100:0 image=81:0 threshold=0.5
                        102 DetailerForEach image=81:0 segs=101:0 model=41:0 clip=41:1 vae=41:2 seed=1 \
                        positive=61:0 negative=71:0
                        """))
                .containsEntry(Role.HAND_DETAILER, "102")
                .doesNotContainKey(Role.FACE_DETAILER);
    }

    @Test
    void a_slot_may_have_any_name_a_plugin_gives_it() {
        String graph = Graphs.PLAIN + "17 LoraLoader 'LoRA: studio.full-body' lora_name=a model=41:0 clip=41:1";
        assertThat(read(graph).loraLoaders()).isEqualTo(Map.of("17", "studio.full-body"));
    }

    @Test
    void detailers_that_share_a_detector_are_told_by_the_words_they_draw() {
        String both = Graphs.PLAIN + """
                100 SomeDetector threshold=1
                101 CLIPTextEncode text="{{HAND_PROMPT}}" clip=41:1
                102 CLIPTextEncode text="{{FACE_PROMPT}}" clip=41:1
                103 FaceDetailer image=81:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=101:0 negative=71:0 \
                bbox_detector=100:0
                104 FaceDetailer image=103:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=102:0 negative=71:0 \
                bbox_detector=100:0
                """;
        assertThat(roles(both))
                .containsEntry(Role.HAND_DETAILER, "103")
                .containsEntry(Role.FACE_DETAILER, "104")
                .containsEntry(Role.HAND_PROMPT, "101")
                .containsEntry(Role.FACE_PROMPT, "102");
        assertThat(problems(both.replace("HAND_PROMPT", "x").replace("FACE_PROMPT", "x")))
                .singleElement()
                .asString()
                .contains("face_detailer is ambiguous", "103 FaceDetailer", "104 FaceDetailer");
    }

    @Test
    void a_graph_that_only_shows_its_picture_ends_there() {
        assertThat(roles(
                        Graphs.PLAIN.replace("91 SaveImage", "91 PreviewImage").replace("filename_prefix=ComfyUI", "")))
                .containsEntry(Role.SAVE, "91");
    }

    @Test
    void a_lone_face_detailer_that_does_not_say_what_it_looks_for_is_for_faces() {
        assertThat(roles(Graphs.PLAIN + """
                        100 SomeDetector threshold=1
                        104 FaceDetailer image=81:0 model=41:0 clip=41:1 vae=41:2 seed=1 positive=61:0 \
                        negative=71:0 bbox_detector=100:0
                        """))
                .containsEntry(Role.FACE_DETAILER, "104")
                .doesNotContainKey(Role.HAND_DETAILER);
    }

    @Test
    void a_placeholder_beats_a_title_and_a_title_beats_the_links() {
        String graph = Graphs.PLAIN
                .replace("61 CLIPTextEncode", "61 CLIPTextEncode 'Positive'")
                .replace("71 CLIPTextEncode", "71 CLIPTextEncode 'Negative'")
                .replace("text=\"a dog\"", "text=\"{{POSITIVE_PROMPT}}, sharp\"");
        assertThat(roles(graph)).containsEntry(Role.POSITIVE, "71");
        String swapped = Graphs.PLAIN
                .replace("61 CLIPTextEncode", "61 CLIPTextEncode 'Negative'")
                .replace("71 CLIPTextEncode", "71 CLIPTextEncode 'My positive words'");
        assertThat(roles(swapped)).containsEntry(Role.POSITIVE, "71").containsEntry(Role.NEGATIVE, "61");
    }

    @Test
    void a_map_beside_the_template_beats_everything() {
        String graph = Graphs.PLAIN.replace("a cat", "{{POSITIVE_PROMPT}}");
        assertThat(roles(graph, "positive", "71", "negative", 61))
                .containsEntry(Role.POSITIVE, "71")
                .containsEntry(Role.NEGATIVE, "61");
    }

    @Test
    void a_title_several_nodes_carry_is_settled_by_the_links() {
        String graph = Graphs.PLAIN + """
                62 CLIPTextEncode 'Positive for later' text="unused" clip=41:1
                """;
        assertThat(roles(graph.replace("61 CLIPTextEncode", "61 CLIPTextEncode 'Positive'")))
                .containsEntry(Role.POSITIVE, "61");
    }

    @Test
    void a_placeholder_in_a_text_node_leads_to_the_encoder_it_is_linked_to() {
        String graph = Graphs.PLAIN.replace("text=\"a cat\"", "text=63:0") + """
                62 PrimitiveStringMultiline value="ink, {{POSITIVE_PROMPT}}"
                63 StringConcatenate string_a=62:0 string_b=", wind" delimiter=""
                """;
        WorkflowTemplate template = read(graph);
        assertThat(template.graph().roles()).containsEntry(Role.POSITIVE, "61");
        assertThat(template.texts().positive()).isEqualTo("ink, {{POSITIVE_PROMPT}}");
    }

    @Test
    @Tag("G15")
    @Tag("G16")
    void the_numbers_of_the_first_gaze_help_where_nothing_else_does_and_never_mislead() {
        String lost = """
                3 KSampler seed=1 model=4:0 positive=90:0 negative=91:0 latent_image=5:0
                4 CheckpointLoaderSimple ckpt_name=a.safetensors
                5 EmptyLatentImage width=512 height=512 batch_size=1
                6 StrangeEncoder text=yes
                7 LoadImage image=x.png
                90 MysteryBox a=6:0
                91 MysteryBox a=95:0
                """;
        assertThat(roles(lost)).containsEntry(Role.POSITIVE, "6").doesNotContainKey(Role.NEGATIVE);
    }

    @Test
    void slots_are_read_from_map_title_and_number() {
        String graph = Graphs.PLAIN + """
                16 LoraLoader lora_name=a strength_model=1 strength_clip=1 model=41:0 clip=41:1
                17 LoraLoader 'Load LoRA' lora_name=a strength_model=1 strength_clip=1 model=16:0 clip=16:1
                22 LoraLoader 'LoRA: pose' lora_name=a strength_model=1 strength_clip=1 model=17:0 clip=17:1
                23 LoraLoader 'Load LoRA' lora_name=a strength_model=1 strength_clip=1 model=22:0 clip=22:1
                24 LoraLoader 'Load LoRA' lora_name=a strength_model=1 strength_clip=1 model=23:0 clip=23:1
                """;
        assertThat(read(graph, "lora:outfit", "24").loraLoaders())
                .isEqualTo(Map.of("16", "character", "17", "", "22", "pose", "23", "", "24", "outfit"));
    }

    @Test
    void loaders_stand_in_the_order_of_the_chain_whatever_the_order_of_the_file() {
        String graph = Graphs.PLAIN
                        .replace("model=41:0 positive", "model=20:0 positive")
                        .replace("clip=41:1", "clip=20:1")
                + """
                20 LoraLoader lora_name=c model=21:0 clip=21:1
                21 LoraLoader lora_name=b model=22:0 clip=22:1
                22 LoraLoader lora_name=a model=41:0 clip=41:1
                """;
        WorkflowTemplate template = read(graph);
        assertThat(template.loraLoaders().keySet()).containsExactly("22", "21", "20");
        assertThat(template.graph().ends())
                .containsEntry("MODEL", new Link("20", 0))
                .containsEntry("CLIP", new Link("20", 1));
    }

    @Test
    void a_negative_placeholder_is_no_word_of_the_template() {
        assertThat(read(Graphs.PLAIN.replace("a dog", "{{NEGATIVE_PROMPT}}, watermark"))
                        .texts()
                        .negative())
                .isEqualTo("watermark");
    }

    @Test
    void a_graph_without_any_picture_is_a_template_without_roles() {
        assertThat(roles("1 LoadImage image=x.png")).isEmpty();
        assertThat(read("").graph().nodes()).isEmpty();
    }
}
