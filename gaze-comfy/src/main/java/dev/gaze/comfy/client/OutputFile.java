package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file on the server, as a node names it in its output.
 *
 * @param node the id of the node that made it; blank when it was not made by a node
 * @param kind ComfyUI's name of the output list: {@code images}, {@code gifs}, {@code audio} …
 * @param filename its name
 * @param subfolder its folder below the root of its type, with forward slashes; may be blank
 * @param type the root it lies in: {@code output}, {@code temp} or {@code input}
 */
public record OutputFile(String node, String kind, String filename, String subfolder, String type) {

    /** Checks that nothing is missing. */
    public OutputFile {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subfolder, "subfolder");
        Objects.requireNonNull(type, "type");
        if (Objects.requireNonNull(filename, "filename").isBlank()) {
            throw new IllegalArgumentException("A file on the server needs a name, such as 'img_00001_.png'");
        }
    }

    /**
     * Every file a node tells of. Nodes of strangers bring lists of their own, so any list whose items have a
     * {@code filename} counts, whatever it is called.
     *
     * @param node the id of the node
     * @param output what it told: {@code {"images": [{"filename": …}], …}}
     * @return the files in the order told
     */
    static List<OutputFile> of(String node, JsonObject output) {
        List<OutputFile> files = new ArrayList<>();
        for (Map.Entry<String, JsonValue> list : output.members().entrySet()) {
            if (list.getValue() instanceof JsonArray items) {
                for (JsonValue item : items.items()) {
                    if (item instanceof JsonObject file) {
                        file.text("filename")
                                .filter(name -> !name.isBlank())
                                .ifPresent(name -> files.add(new OutputFile(
                                        node,
                                        list.getKey(),
                                        name,
                                        file.text("subfolder").orElse(""),
                                        file.text("type").orElse("output"))));
                    }
                }
            }
        }
        return files;
    }

    /** {@code gaze/2026-11-20/ab12/img_00001_.png (output)}. */
    @Override
    public String toString() {
        return (subfolder.isEmpty() ? "" : subfolder + "/") + filename + " (" + type + ")";
    }
}
