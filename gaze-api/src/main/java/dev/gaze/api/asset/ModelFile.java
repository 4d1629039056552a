package dev.gaze.api.asset;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which model file an asset of a category names, and where such files lie.
 *
 * @param folder ComfyUI's name of the model folder: {@code loras}, {@code checkpoints}
 * @param path keys from the top level of the asset file to the file's name
 * @param prefixes folders below {@code folder} in which files of this category lie, with a slash at the end, such as
 *     {@code Illustrious/Poses/}; empty means anywhere (G141, G142)
 * @param withoutJson makes the data of a model file that no asset names, from its path; null when such files are not
 *     shown (G78)
 */
public record ModelFile(
        String folder,
        List<String> path,
        List<String> prefixes,
        @Nullable Function<String, AssetData> withoutJson) {
    /** A LoRA named at {@code lora.lora_name}. */
    public static final ModelFile LORA = new ModelFile("loras", List.of("lora", "lora_name"), List.of(), null);

    /** Copies the lists. */
    public ModelFile {
        if (Objects.requireNonNull(folder, "folder").isBlank() || path.isEmpty()) {
            throw new IllegalArgumentException("A model file needs a folder such as 'loras' and the path to its key");
        }
        path = List.copyOf(path);
        prefixes = List.copyOf(prefixes);
    }

    /**
     * This with other prefixes.
     *
     * @param prefixes folders with a slash at the end
     * @return a changed copy
     */
    public ModelFile below(String... prefixes) {
        return new ModelFile(folder, path, List.of(prefixes), withoutJson);
    }
}
