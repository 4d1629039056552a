package dev.gaze.example.bench;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes libraries of any size: files of all eight built-in categories, about a kilobyte each, the same every time. */
final class SyntheticLibrary {
    private static final List<String> WORDS = List.of(
            "long hair",
            "red hair",
            "green eyes",
            "white shirt",
            "jeans",
            "smile",
            "standing",
            "street",
            "sunrise",
            "harbor",
            "crossed legs",
            "rubber boots",
            "looking at viewer",
            "soft lighting",
            "window",
            "bookshelf");

    private SyntheticLibrary() {}

    /** Writes {@code count} assets below {@code library}. */
    static void write(Path library, int count) throws IOException {
        List<String> folders =
                List.of("characters", "looks", "clothing", "actions", "scenes", "styles", "detailers", "checkpoints");
        for (String folder : folders) {
            Files.createDirectories(library.resolve("data").resolve(folder));
        }
        Random random = new Random(42);
        for (int i = 0; i < count; i++) {
            String folder = folders.get(i % folders.size());
            Files.write(
                    library.resolve("data").resolve(folder).resolve("asset_" + i + ".json"),
                    Json.pretty(asset(folder, i, random)));
        }
    }

    private static JsonObject asset(String folder, int i, Random random) {
        return switch (folder) {
            case "characters" ->
                JsonObject.of(
                        "character_id", "asset_" + i,
                        "character_name", "Asset " + i,
                        "identity",
                                fields(random, "base_specs", "hair", "eyes", "hands", "arms", "torso", "legs", "extra"),
                        "defaults", fields(random, "expression", "pose", "scene"),
                        "wardrobe", JsonObject.of("default", wardrobe(random)),
                        "styles", fields(random, "aesthetic", "primary_color"),
                        "lora", lora("Looks", i),
                        "tags", List.of(words(random)),
                        "participants", JsonObject.of("orientation", "1F", "solo_focus", "true"));
            case "looks" ->
                JsonObject.of(
                        "look_id", "asset_" + i,
                        "look_name", "Asset " + i,
                        "positive", words(random),
                        "negative", words(random),
                        "lora", lora("Looks", i));
            case "clothing" ->
                JsonObject.of(
                        "outfit_id", "asset_" + i,
                        "outfit_name", "Asset " + i,
                        "wardrobe", wardrobe(random),
                        "lora", lora("Clothing", i),
                        "tags", List.of());
            case "actions" ->
                JsonObject.of(
                        "action_id",
                        "asset_" + i,
                        "action_name",
                        "Asset " + i,
                        "action",
                        fields(random, "full_body", "additional", "head", "eyes", "arms", "hands"),
                        "lora",
                        lora("Poses", i));
            case "scenes" ->
                JsonObject.of(
                        "scene_id",
                        "asset_" + i,
                        "scene_name",
                        "Asset " + i,
                        "scene",
                        fields(random, "background", "foreground", "furniture", "colors", "lighting", "theme"),
                        "lora",
                        lora("Backgrounds", i));
            case "styles" ->
                JsonObject.of(
                        "style_id",
                        "asset_" + i,
                        "style_name",
                        "Asset " + i,
                        "style",
                        fields(random, "artist_name", "artistic_style"),
                        "lora",
                        lora("Styles", i));
            case "detailers" ->
                JsonObject.of(
                        "detailer_id", "asset_" + i,
                        "detailer_name", "Asset " + i,
                        "prompt", List.of(words(random)),
                        "focus", JsonObject.of("face", true, "hands", false),
                        "lora", lora("Detailers", i));
            default ->
                JsonObject.of(
                        "checkpoint_path", "Illustrious/asset_" + i + ".safetensors",
                        "checkpoint_name", "Asset " + i,
                        "base_positive", "masterpiece",
                        "base_negative", "text, logo",
                        "steps", 25,
                        "cfg", 5,
                        "sampler_name", "euler_ancestral",
                        "scheduler", "normal",
                        "vae", "integrated");
        };
    }

    private static JsonObject wardrobe(Random random) {
        return fields(random, "full_body", "headwear", "top", "bottom", "legwear", "footwear", "gloves", "accessories");
    }

    private static JsonObject fields(Random random, String... keys) {
        JsonObject section = JsonObject.empty();
        for (String key : keys) {
            section = section.with(key, JsonValue.of(words(random)));
        }
        return section;
    }

    private static String words(Random random) {
        return WORDS.get(random.nextInt(WORDS.size())) + ", " + WORDS.get(random.nextInt(WORDS.size()));
    }

    private static JsonObject lora(String folder, int i) {
        return JsonObject.of(
                "lora_name", "Illustrious/" + folder + "/asset_" + i + ".safetensors",
                "lora_weight", 0.8,
                "lora_triggers", "trigger" + i);
    }
}
