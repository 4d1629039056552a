package dev.gaze.comfy.workflow;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Graphs in few words, a node a line: {@code 3 KSampler 'title' seed=7 text="a cat" model=4:0}, where {@code 4:0} is a
 * link to the first output of node 4.
 */
final class Graphs {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+([^\\s']+)(?:\\s+'([^']*)')?\\s*(.*)");
    private static final Pattern INPUT = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");
    private static final Pattern LINK = Pattern.compile("([\\w-]+):(\\d+)");

    /** A plain picture: sampler 31, checkpoint 41, size 51, words 61 and 71, decode 81, save 91. */
    static final String PLAIN = """
            41 CheckpointLoaderSimple ckpt_name=my/own.safetensors
            51 EmptyLatentImage width=512 height=512 batch_size=2
            61 CLIPTextEncode text="a cat" clip=41:1
            71 CLIPTextEncode text="a dog" clip=41:1
            31 KSampler seed=7 steps=20 cfg=8 sampler_name=euler scheduler=normal denoise=1 model=41:0 \
            positive=61:0 negative=71:0 latent_image=51:0
            81 VAEDecode samples=31:0 vae=41:2
            91 SaveImage images=81:0 filename_prefix=ComfyUI
            """;

    private Graphs() {}

    static JsonObject of(String lines) {
        Map<String, JsonValue> nodes = new LinkedHashMap<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            Matcher node = LINE.matcher(line.strip());
            if (!node.matches()) {
                throw new IllegalArgumentException(line);
            }
            Map<String, JsonValue> inputs = new LinkedHashMap<>();
            Matcher input = INPUT.matcher(node.group(4));
            while (input.find()) {
                inputs.put(input.group(1), value(input.group(2)));
            }
            JsonObject json = JsonObject.of("class_type", node.group(2), "inputs", new JsonObject(inputs));
            nodes.put(
                    node.group(1),
                    node.group(3) == null ? json : json.with("_meta", JsonObject.of("title", node.group(3))));
        });
        return new JsonObject(nodes);
    }

    private static JsonValue value(String text) {
        Matcher link = LINK.matcher(text);
        if (link.matches()) {
            return JsonArray.of(link.group(1), Integer.parseInt(link.group(2)));
        }
        if (text.startsWith("\"") || text.matches("-?[\\d.]+|true|false|null")) {
            return Json.object("{\"value\": " + text + "}").get("value").orElseThrow();
        }
        return new JsonText(text);
    }
}
