package dev.gaze.comfy.embedded.node;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.files.FilePrefix;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.picture.Picture;
import dev.gaze.comfy.embedded.picture.Png;
import dev.gaze.comfy.embedded.picture.Solid;
import dev.gaze.comfy.embedded.validation.PythonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes a graph may end in. */
final class OutputNodes {
    static final Map<String, NodeFunction> ALL = Map.of(
            "SaveImage",
                    call -> saved(
                            call,
                            call.link("images", Value.Images.class).picture(),
                            ServerFolders.OUTPUT,
                            call.text("filename_prefix")),
            "PreviewImage",
                    call -> saved(
                            call,
                            call.link("images", Value.Images.class).picture(),
                            ServerFolders.TEMP,
                            call.run().previewPrefix(call.id())),
            "SEGSPreview", OutputNodes::segments,
            "SaveImageWebsocket", OutputNodes::sent,
            "PreviewAny", OutputNodes::shown);

    private OutputNodes() {}

    private static NodeResult saved(NodeCall call, Picture picture, String type, String pattern) throws NodeFailure {
        Workshop workshop = call.workshop();
        FilePrefix prefix = FilePrefix.of(pattern, workshop.now().get(), picture.width(), picture.height());
        Path root = workshop.folders().folder(type);
        Path folder = root.resolve(prefix.subfolder()).normalize();
        if (!folder.startsWith(root)) {
            throw new NodeFailure(
                    "Exception",
                    "**** ERROR: Saving image outside the output folder is not allowed.\n full_output_folder: %s\n         output_dir: %s\n"
                            .formatted(folder, root));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("prompt", Png.text(call.run().graph()));
        call.run().extraPngInfo().members().forEach((key, value) -> texts.put(key, Png.text(value)));
        List<JsonObject> files = new ArrayList<>();
        try {
            for (int i = 0; i < picture.count(); i++) {
                byte[] png = Png.encode(picture.draw(i), texts);
                String file = workshop.folders()
                        .writeNumbered(folder, prefix.name().replace("%batch_num%", Integer.toString(i)), png);
                files.add(JsonObject.of(
                        "filename",
                        file,
                        "subfolder",
                        prefix.subfolder().replace('/', workshop.separator()),
                        "type",
                        type));
            }
        } catch (IOException unwritable) {
            throw new NodeFailure("OSError", String.valueOf(unwritable));
        }
        return NodeResult.shown(JsonObject.of("images", files));
    }

    private static NodeResult segments(NodeCall call) throws NodeFailure {
        Picture picture = call.optional("fallback_image_opt", Value.Images.class)
                .map(Value.Images::picture)
                .orElse(new Solid(64, 64, 1, 0x808080));
        NodeResult saved = saved(call, picture, ServerFolders.TEMP, "impact_seg_preview");
        return new NodeResult(List.of(new Value.Images(picture)), saved.ui());
    }

    private static NodeResult sent(NodeCall call) throws NodeFailure, Stopped {
        Picture picture = call.link("images", Value.Images.class).picture();
        for (int i = 0; i < picture.count(); i++) {
            call.run().send(call.id(), i, picture.count(), Png.encode(picture.draw(i), Map.of()));
        }
        return NodeResult.of();
    }

    private static NodeResult shown(NodeCall call) {
        Value source = call.inputs().get("source");
        String text = source instanceof Value.Plain plain ? PythonText.str(plain.json()) : String.valueOf(source);
        return NodeResult.shown(JsonObject.of("text", JsonArray.of(text)));
    }
}
