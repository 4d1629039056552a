package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Role;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a node's inputs what it can do. Inputs of the same purpose carry the same names all over ComfyUI, so nodes
 * GAZE has never heard of count too; class names decide only where inputs do not.
 */
final class NodeShape {
    /** Inputs that hold the words of an encoder or of a text node, the weightier first. */
    static final List<String> TEXTS =
            List.of("text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "prompt", "value", "string");

    /** Inputs that name the file a model comes from. */
    private static final List<String> MODEL_FILES = List.of("ckpt_name", "unet_name", "model_name", "base_ckpt_name");

    /** Inputs through which a sampler gets what others hold inline: its settings, its model, its conditioning. */
    private static final Set<String> PARTS =
            Set.of("guider", "noise", "sampler", "sigmas", "basic_pipe", "detailer_pipe", "pipe");

    /** Inputs that certainly lead away from words. */
    private static final Set<String> NOT_WORDS = Set.of(
            "model",
            "clip",
            "vae",
            "optional_vae",
            "image",
            "images",
            "pixels",
            "mask",
            "samples",
            "latent",
            "latent_image",
            "control_net",
            "clip_vision_output",
            "style_model");

    private NodeShape() {}

    /** Draws a latent: {@code KSampler} and its kin. */
    static boolean samples(GraphNode node) {
        return node.link("latent_image") != null && (node.link("model") != null || partOf(node));
    }

    /** Draws parts of an image again: {@code FaceDetailer} and its kin. */
    static boolean refines(GraphNode node) {
        return node.link("image") != null && node.has("seed") && (node.link("model") != null || partOf(node));
    }

    private static boolean partOf(GraphNode node) {
        return PARTS.stream().anyMatch(part -> node.link(part) != null);
    }

    /** Puts one or more LoRAs on a model. */
    static boolean appliesLora(GraphNode node) {
        return node.link("model") != null
                && node.classType().toLowerCase(Locale.ROOT).contains("lora");
    }

    /** Turns text into conditioning. */
    static boolean encodes(GraphNode node) {
        return node.link("clip") != null && TEXTS.stream().anyMatch(node::has);
    }

    /** Says the size of a latent without taking one. */
    static boolean emptyLatent(GraphNode node) {
        return node.has("width")
                && node.has("height")
                && Stream.of("samples", "latent", "image", "pixels").allMatch(input -> node.link(input) == null);
    }

    static boolean decodes(GraphNode node) {
        return node.link("samples") != null && node.link("vae") != null;
    }

    /** Writes the image to a file, or sends it. */
    static boolean saves(GraphNode node) {
        return imageInput(node) != null
                && (node.has("filename_prefix") || node.classType().startsWith("SaveImage"));
    }

    /** Shows the image without keeping it. */
    static boolean shows(GraphNode node) {
        return imageInput(node) != null && node.classType().startsWith("Preview");
    }

    /** The input that takes the image; null when there is none. */
    static @Nullable String imageInput(GraphNode node) {
        if (node.link("images") != null) {
            return "images";
        }
        return node.link("image") != null ? "image" : null;
    }

    /** The input that names the file of the model; null when the node loads none. */
    static @Nullable String modelFile(GraphNode node) {
        return MODEL_FILES.stream()
                .filter(input -> node.has(input) && node.link(input) == null)
                .findFirst()
                .orElse(null);
    }

    /** Whether a node could play a role at all; keeps names and numbers that say something else from misleading. */
    static boolean fits(Role role, GraphNode node) {
        return switch (role) {
            case SAMPLER -> samples(node);
            case CHECKPOINT -> modelFile(node) != null;
            case LATENT -> emptyLatent(node);
            case POSITIVE, NEGATIVE, FACE_PROMPT, HAND_PROMPT ->
                TEXTS.stream().anyMatch(node::has) || Placeholder.of(role).isIn(node);
            case DECODE -> decodes(node);
            case SAVE -> saves(node) || shows(node);
            case FACE_DETAILER, HAND_DETAILER -> refines(node);
            case VAE -> node.text("vae_name") != null;
        };
    }

    /**
     * The sampler or detailer and the nodes that hold its settings, nearest first: guider, noise, sigmas, pipes. An input
     * that is looked for stands in the first of them that has it.
     */
    static Set<GraphNode> parts(Graph graph, GraphNode drawing) {
        return graph.upstream(drawing, PARTS::contains);
    }

    /** Whether an input leads to what tells a detailer where to look. */
    static boolean leadsToDetector(String input) {
        return input.contains("detector") || input.contains("segs") || PARTS.contains(input);
    }

    /** Which inputs may lead to the words of a conditioning. */
    static Predicate<String> towardsWords() {
        return input -> !NOT_WORDS.contains(input) && !PARTS.contains(input);
    }
}
