package dev.gaze.comfy.embedded.definition;

import dev.gaze.api.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The model files the server pretends to have, by folder ({@code checkpoints}, {@code loras} …). Names are spelled with
 * the server's own separator, sorted, each once. Safe for use by several threads.
 */
public final class ModelShelves {
    /** The folder of uploaded images: its names feed {@code LoadImage}, but it is no model folder. */
    public static final String INPUT = "input";

    private static final List<String> FOLDERS = List.of(
            "checkpoints",
            "configs",
            "loras",
            "vae",
            "text_encoders",
            "diffusion_models",
            "clip_vision",
            "style_models",
            "embeddings",
            "diffusers",
            "vae_approx",
            "controlnet",
            "gligen",
            "upscale_models",
            "hypernetworks",
            "photomaker",
            "sams",
            "ultralytics_bbox",
            "ultralytics_segm");

    private final char separator;
    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final Map<String, JsonObject> metadata = new LinkedHashMap<>();
    private long version;

    /**
     * Empty shelves.
     *
     * @param separator {@code '/'}, or {@code '\\'} as on a Windows server
     */
    public ModelShelves(char separator) {
        if (separator != '/' && separator != '\\') {
            throw new IllegalArgumentException("The path separator is '" + separator + "'; accepted are '/' and '\\'");
        }
        this.separator = separator;
        FOLDERS.forEach(folder -> names.put(folder, List.of()));
    }

    /** How this server separates folders. */
    public char separator() {
        return separator;
    }

    /** Replaces the names of one folder; a folder not known yet is added. */
    public synchronized void put(String folder, Collection<String> files) {
        List<String> sorted =
                List.copyOf(new TreeSet<>(files.stream().map(this::spelled).toList()));
        if (!sorted.equals(names.put(folder, sorted))) {
            version++;
        }
    }

    /** Adds names to one folder, keeping those it has. */
    public synchronized void add(String folder, Collection<String> files) {
        TreeSet<String> all = new TreeSet<>(names.getOrDefault(folder, List.of()));
        files.forEach(file -> all.add(spelled(file)));
        put(folder, all);
    }

    /** The names of one folder; empty when there is no such folder. */
    public synchronized Optional<List<String>> names(String folder) {
        return Optional.ofNullable(names.get(folder));
    }

    /** The model folders, in the order ComfyUI lists them. */
    public synchronized List<String> folders() {
        return names.keySet().stream().filter(folder -> !folder.equals(INPUT)).toList();
    }

    /** Sets what {@code /view_metadata} tells of one file. */
    public synchronized void describe(String folder, String file, JsonObject header) {
        metadata.put(folder + ':' + spelled(file), header);
    }

    /** The header of one file; empty when the file has none or is not there. */
    public synchronized Optional<JsonObject> metadata(String folder, String file) {
        return Optional.ofNullable(metadata.get(folder + ':' + spelled(file)))
                .filter(header -> names.getOrDefault(folder, List.of()).contains(spelled(file)));
    }

    /** Changes whenever a list changes. */
    synchronized long version() {
        return version;
    }

    private String spelled(String file) {
        return file.replace('/', separator).replace('\\', separator);
    }
}
