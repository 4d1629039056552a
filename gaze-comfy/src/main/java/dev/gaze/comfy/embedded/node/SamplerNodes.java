package dev.gaze.comfy.embedded.node;

import dev.gaze.comfy.embedded.picture.Derived;
import dev.gaze.comfy.embedded.picture.Drawing;
import dev.gaze.comfy.embedded.picture.Picture;
import dev.gaze.comfy.embedded.picture.Scene;
import dev.gaze.comfy.embedded.picture.Sketch;
import dev.gaze.comfy.embedded.picture.Solid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Latents and what samples them. Sampling sketches the plan at the latent's size, step by step. */
final class SamplerNodes {
    private static final long MOST_PIXELS = 64_000_000;

    static final Map<String, NodeFunction> ALL = Map.ofEntries(
            NodeFunctions.node("EmptyLatentImage", call -> {
                Picture picture =
                        new Solid(call.whole("width"), call.whole("height"), call.whole("batch_size"), 0x202020);
                return NodeResult.of(new Value.Latent(affordable(picture)));
            }),
            NodeFunctions.node("KSampler", call -> sampled(call, "seed", call.whole("steps"))),
            NodeFunctions.node("KSamplerAdvanced", call -> {
                int end = Math.min(call.whole("steps"), call.whole("end_at_step"));
                return sampled(call, "noise_seed", Math.max(0, end - call.whole("start_at_step")));
            }),
            NodeFunctions.node("SamplerCustom", call -> {
                int steps = call.optional("sigmas", Value.Sigmas.class)
                        .map(Value.Sigmas::steps)
                        .orElse(1);
                Value latent = sampled(call, "noise_seed", steps).values().get(0);
                return NodeResult.of(latent, latent);
            }),
            NodeFunctions.node("FaceDetailer", SamplerNodes::detailed),
            NodeFunctions.node("DetailerForEach", SamplerNodes::detailed),
            NodeFunctions.node("VAEDecode", SamplerNodes::decoded),
            NodeFunctions.node("VAEDecodeTiled", SamplerNodes::decoded),
            NodeFunctions.node("VAEEncode", SamplerNodes::encoded),
            NodeFunctions.node("VAEEncodeTiled", SamplerNodes::encoded),
            NodeFunctions.node("VAEEncodeForInpaint", SamplerNodes::encoded),
            NodeFunctions.node("LatentUpscale", call -> resized(call, call.whole("width"), call.whole("height"))),
            NodeFunctions.node("LatentUpscaleBy", call -> {
                Picture picture = call.link("samples", Value.Latent.class).picture();
                double by = call.number("scale_by");
                return resized(call, (int) Math.round(picture.width() * by), (int) Math.round(picture.height() * by));
            }));

    private SamplerNodes() {}

    /** Refuses what would not fit into memory, as a graphics card does. */
    static Picture affordable(Picture picture) throws NodeFailure {
        if ((long) picture.width() * picture.height() > MOST_PIXELS) {
            throw new NodeFailure(
                    "torch.OutOfMemoryError",
                    "Allocation on device would exceed allowed memory. (out of memory): %d x %d pixels"
                            .formatted(picture.width(), picture.height()));
        }
        return picture;
    }

    private static NodeResult sampled(NodeCall call, String seed, int steps) throws NodeFailure, Stopped {
        Scene scene = call.link("model", Value.Model.class)
                .scene()
                .sampled(
                        call.link("positive", Value.Words.class).text(),
                        call.link("negative", Value.Words.class).text(),
                        call.text(seed));
        Picture latent = call.link("latent_image", Value.Latent.class).picture();
        Picture sketch = new Sketch(
                scene,
                latent.width(),
                latent.height(),
                latent.count(),
                call.workshop().lettering().get());
        steps(call, steps, sketch);
        return NodeResult.of(new Value.Latent(sketch));
    }

    private static void steps(NodeCall call, int steps, Picture sketch) throws Stopped {
        for (int step = 1; step <= steps; step++) {
            call.run().step(call.id(), step, steps, sketch);
        }
    }

    private static NodeResult detailed(NodeCall call) throws NodeFailure, Stopped {
        call.link("model", Value.Model.class);
        Picture found = Derived.of(call.link("image", Value.Images.class).picture(), Drawing::detailed);
        steps(call, call.whole("steps"), found);
        List<Value> values = new ArrayList<>();
        for (String type : call.spec().outputs()) {
            values.add(type.equals("IMAGE") ? new Value.Images(found) : HandThrough.blank(type));
        }
        return new NodeResult(values, null);
    }

    private static NodeResult decoded(NodeCall call) throws NodeFailure {
        return NodeResult.of(
                new Value.Images(call.link("samples", Value.Latent.class).picture()));
    }

    private static NodeResult encoded(NodeCall call) throws NodeFailure {
        return NodeResult.of(
                new Value.Latent(call.link("pixels", Value.Images.class).picture()));
    }

    private static NodeResult resized(NodeCall call, int width, int height) throws NodeFailure {
        Picture picture = call.link("samples", Value.Latent.class).picture();
        int across = width == 0 ? picture.width() : width;
        int down = height == 0 ? picture.height() : height;
        return NodeResult.of(new Value.Latent(affordable(picture.resized(across, down))));
    }
}
