package dev.gaze.comfy.embedded;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.time.Time;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Settings of an {@link EmbeddedComfy}. Used by one thread. */
public final class EmbeddedComfyBuilder {
    @Nullable
    Time time;

    @Nullable
    Path folder;

    int port;
    char separator = '/';
    boolean previews = true;
    String basePath = "";
    String authorization = "";
    long maxUploadBytes = 104_857_600;
    RandomGenerator random = RandomGenerator.getDefault();
    final Map<String, List<String>> models = new LinkedHashMap<>();
    final Map<ModelFileName, JsonObject> metadata = new LinkedHashMap<>();

    /** A model file's place. */
    record ModelFileName(String folder, String name) {}

    EmbeddedComfyBuilder() {
        models("checkpoints", List.of("Illustrious/model.safetensors"));
        models(
                "loras",
                List.of(
                        "Illustrious/Looks/sketch_look.safetensors",
                        "Illustrious/Clothing/sketch_coat.safetensors",
                        "Illustrious/Poses/sketch_pose.safetensors",
                        "Illustrious/Styles/sketch_style.safetensors"));
        models("upscale_models", List.of("4x_sketch.pth"));
        models("controlnet", List.of("sketch_lines.safetensors"));
        models("sams", List.of("sam_vit_b_01ec64.pth"));
        models("ultralytics_bbox", List.of("face_yolov8m.pt", "hand_yolov8s.pt"));
        models("ultralytics_segm", List.of("person_yolov8m-seg.pt"));
        metadata.put(
                new ModelFileName("loras", "Illustrious/Looks/sketch_look.safetensors"),
                JsonObject.of(
                        "ss_output_name",
                        "sketch_look",
                        "ss_tag_frequency",
                        "{\"1_sketch\": {\"pencil lines\": 12, \"paper\": 3}}"));
    }

    /**
     * Clock and timer; the machine's own when not set.
     *
     * @param clock what time it is
     * @return this
     */
    public EmbeddedComfyBuilder time(Time clock) {
        time = clock;
        return this;
    }

    /**
     * The port; any free one when not set.
     *
     * @param number 0 to 65535, 0 for any
     * @return this
     */
    public EmbeddedComfyBuilder port(int number) {
        if (number < 0 || number > 65_535) {
            throw new IllegalArgumentException("Port " + number + " is none; accepted are 0 to 65535");
        }
        port = number;
        return this;
    }

    /**
     * Where images are kept, in {@code output}, {@code input} and {@code temp} below it. When not set, a temporary
     * folder that {@link EmbeddedComfy#close} deletes.
     *
     * @param root made when it does not exist
     * @return this
     */
    public EmbeddedComfyBuilder folder(Path root) {
        folder = root;
        return this;
    }

    /**
     * The model files of one folder, instead of the few it would have: a checkpoint, some LoRAs, detectors.
     *
     * @param of ComfyUI's folder, such as {@code loras}
     * @param names file names below it; either separator
     * @return this
     */
    public EmbeddedComfyBuilder models(String of, Collection<String> names) {
        models.put(of, List.copyOf(names));
        return this;
    }

    /**
     * What {@code /view_metadata} tells of a file.
     *
     * @param of ComfyUI's folder
     * @param name the file, either separator
     * @param header the safetensors header's metadata
     * @return this
     */
    public EmbeddedComfyBuilder metadata(String of, String name, JsonObject header) {
        metadata.put(new ModelFileName(of, name), header);
        return this;
    }

    /**
     * How names in lists and subfolders of outputs are separated.
     *
     * @param character {@code '/'}, or {@code '\\'} as on a Windows server
     * @return this
     */
    public EmbeddedComfyBuilder separator(char character) {
        separator = character;
        return this;
    }

    /**
     * Whether samplers send preview images; they do when not set.
     *
     * @param send false behaves like a server started without {@code --preview-method}
     * @return this
     */
    public EmbeddedComfyBuilder previews(boolean send) {
        previews = send;
        return this;
    }

    /**
     * A path in front of every route, as behind a proxy.
     *
     * @param path such as {@code /comfy}; blank for none
     * @return this
     */
    public EmbeddedComfyBuilder basePath(String path) {
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "Base path '" + path + "' must begin with a slash and not end with one, as '/comfy' does");
        }
        basePath = path;
        return this;
    }

    /**
     * Answers 401 to every request that lacks this header value, as a proxy does.
     *
     * @param header the whole value of {@code Authorization}, such as {@code Bearer secret}; blank for none
     * @return this
     */
    public EmbeddedComfyBuilder authorization(String header) {
        authorization = header;
        return this;
    }

    /**
     * The largest body of an upload, 100 MiB when not set.
     *
     * @param bytes 1 or more
     * @return this
     */
    public EmbeddedComfyBuilder maxUploadBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("The largest upload is " + bytes + " bytes; accepted are 1 or more");
        }
        maxUploadBytes = bytes;
        return this;
    }

    /**
     * Where ids and the names of preview files come from.
     *
     * @param generator used by one thread at a time
     * @return this
     */
    public EmbeddedComfyBuilder random(RandomGenerator generator) {
        random = generator;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws dev.gaze.api.problem.GazeException when the port is taken
     */
    public EmbeddedComfy start() {
        return new EmbeddedComfy(this);
    }
}
