package dev.gaze.comfy.embedded.node;

import dev.gaze.comfy.embedded.files.AnnotatedName;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.picture.Derived;
import dev.gaze.comfy.embedded.picture.Drawing;
import dev.gaze.comfy.embedded.picture.Encoded;
import dev.gaze.comfy.embedded.picture.Picture;
import dev.gaze.comfy.embedded.picture.Pixels;
import dev.gaze.comfy.embedded.picture.Solid;
import dev.gaze.comfy.embedded.picture.Stack;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Images and masks: loading, scaling, joining. */
final class ImageNodes {
    static final Map<String, NodeFunction> ALL = Map.ofEntries(
            NodeFunctions.node("EmptyImage", call -> {
                Picture picture = new Solid(
                        call.whole("width"), call.whole("height"), call.whole("batch_size"), call.whole("color"));
                return images(SamplerNodes.affordable(picture));
            }),
            NodeFunctions.node("LoadImage", call -> {
                BufferedImage image = load(call);
                return NodeResult.of(
                        new Value.Images(new Pixels(image)),
                        new Value.Mask(Derived.of(
                                new Pixels(image), Drawing.channel("alpha").andThen(Drawing::inverted)::apply)));
            }),
            NodeFunctions.node(
                    "LoadImageMask",
                    call -> NodeResult.of(
                            new Value.Mask(Derived.of(new Pixels(load(call)), Drawing.channel(call.text("channel")))))),
            NodeFunctions.node("ImageScale", call -> {
                Picture picture = image(call, "image");
                int width = call.whole("width");
                int height = call.whole("height");
                return scaled(picture, width == 0 ? picture.width() : width, height == 0 ? picture.height() : height);
            }),
            NodeFunctions.node("ImageScaleBy", call -> by(image(call, "image"), call.number("scale_by"))),
            NodeFunctions.node("ImageScaleToTotalPixels", call -> {
                Picture picture = image(call, "image");
                double pixels = call.number("megapixels") * 1024 * 1024;
                return by(picture, Math.sqrt(pixels / ((double) picture.width() * picture.height())));
            }),
            NodeFunctions.node("ImageUpscaleWithModel", call -> {
                call.link("upscale_model", Value.Opaque.class);
                return by(image(call, "image"), 4);
            }),
            NodeFunctions.node("ImageInvert", call -> images(Derived.of(image(call, "image"), Drawing::inverted))),
            NodeFunctions.node(
                    "ImageBatch", call -> images(new Stack(List.of(image(call, "image1"), image(call, "image2"))))),
            NodeFunctions.node(
                    "ImageToMask",
                    call -> NodeResult.of(
                            new Value.Mask(Derived.of(image(call, "image"), Drawing.channel(call.text("channel")))))),
            NodeFunctions.node(
                    "MaskToImage",
                    call -> images(call.link("mask", Value.Mask.class).picture())));

    private ImageNodes() {}

    private static NodeResult images(Picture picture) {
        return NodeResult.of(new Value.Images(picture));
    }

    private static Picture image(NodeCall call, String input) throws NodeFailure {
        return call.link(input, Value.Images.class).picture();
    }

    private static NodeResult by(Picture picture, double factor) throws NodeFailure {
        return scaled(picture, (int) Math.max(1, Math.round(picture.width() * factor)), (int)
                Math.max(1, Math.round(picture.height() * factor)));
    }

    private static NodeResult scaled(Picture picture, int width, int height) throws NodeFailure {
        return images(SamplerNodes.affordable(picture.resized(width, height)));
    }

    private static BufferedImage load(NodeCall call) throws NodeFailure {
        String name = call.text("image");
        Path file = call.workshop()
                .folders()
                .find(AnnotatedName.of(name), "", ServerFolders.INPUT)
                .orElseThrow(() ->
                        new NodeFailure("FileNotFoundError", "[Errno 2] No such file or directory: '" + name + "'"));
        try {
            return Encoded.read(Files.readAllBytes(file))
                    .orElseThrow(() ->
                            new NodeFailure("PIL.UnidentifiedImageError", "cannot identify image file '" + name + "'"));
        } catch (IOException unreadable) {
            throw new NodeFailure("OSError", String.valueOf(unreadable.getMessage()));
        }
    }
}
