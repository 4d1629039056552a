package dev.gaze.comfy.contract;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.concurrent.ThreadLocalRandom;

/** Small graphs. Those that take a colour or seed are new each time, so that nothing is cached. */
final class Graphs {
    private Graphs() {}

    static JsonObject node(String classType, Object... inputs) {
        return JsonObject.of("class_type", classType, "inputs", JsonObject.of(inputs));
    }

    static JsonArray link(String node, int slot) {
        return JsonArray.of(node, slot);
    }

    static int anyColour() {
        return ThreadLocalRandom.current().nextInt(0x1000000);
    }

    /** EmptyImage, previewed. */
    static JsonObject preview() {
        return preview(anyColour());
    }

    static JsonObject preview(int colour) {
        return JsonObject.of(
                "1",
                node("EmptyImage", "width", 64, "height", 64, "batch_size", 1, "color", colour),
                "2",
                node("PreviewImage", "images", link("1", 0)));
    }

    static JsonObject save(int colour, String prefix) {
        return preview(colour).with("2", node("SaveImage", "images", link("1", 0), "filename_prefix", prefix));
    }

    /** The smallest graph with a sampler. */
    static JsonObject sampled(long seed, int steps) {
        return JsonObject.of(
                "4",
                node("CheckpointLoaderSimple", "ckpt_name", "Illustrious/model.safetensors"),
                "5",
                node("EmptyLatentImage", "width", 64, "height", 64, "batch_size", 1),
                "6",
                node("CLIPTextEncode", "text", "a red lighthouse", "clip", link("4", 1)),
                "7",
                node("CLIPTextEncode", "text", "blurry", "clip", link("4", 1)),
                "3",
                sampler(seed, steps),
                "8",
                node("VAEDecode", "samples", link("3", 0), "vae", link("4", 2)),
                "9",
                node("SaveImage", "filename_prefix", "gaze/contract", "images", link("8", 0)));
    }

    private static JsonObject sampler(long seed, int steps) {
        return node(
                "KSampler",
                "seed",
                seed,
                "steps",
                steps,
                "cfg",
                6.5,
                "sampler_name",
                "euler",
                "scheduler",
                "normal",
                "denoise",
                1.0,
                "model",
                link("4", 0),
                "positive",
                link("6", 0),
                "negative",
                link("7", 0),
                "latent_image",
                link("5", 0));
    }

    static long anySeed() {
        return ThreadLocalRandom.current().nextLong(1L << 50);
    }

    /** The same graph with one input set. */
    static JsonObject with(JsonObject graph, String node, String input, Object value) {
        return graph.with(java.util.List.of(node, "inputs", input), JsonValue.of(value));
    }

    static JsonObject without(JsonObject graph, String node, String input) {
        JsonObject holder = graph.object(node);
        return graph.with(node, holder.with("inputs", holder.object("inputs").without(input)));
    }
}
