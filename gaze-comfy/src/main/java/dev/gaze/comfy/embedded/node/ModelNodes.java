package dev.gaze.comfy.embedded.node;

import dev.gaze.comfy.embedded.picture.Scene;
import java.util.Map;

/** Loaders, texts and values: nodes that make no pixels. */
final class ModelNodes {
    static final Map<String, NodeFunction> ALL = Map.ofEntries(
            NodeFunctions.node("CheckpointLoaderSimple", ModelNodes::checkpoint),
            NodeFunctions.node("UNETLoader", call -> NodeResult.of(model(call, "unet_name"))),
            NodeFunctions.node("LoraLoader", call -> {
                Value.Model model = lora(call);
                return NodeResult.of(model, call.link("clip", Value.Clip.class));
            }),
            NodeFunctions.node("LoraLoaderModelOnly", call -> NodeResult.of(lora(call))),
            NodeFunctions.node("CLIPTextEncode", call -> {
                call.link("clip", Value.Clip.class);
                return NodeResult.of(new Value.Words(call.text("text")));
            }),
            NodeFunctions.node("ConditioningCombine", call -> joined(call, "conditioning_1", "conditioning_2")),
            NodeFunctions.node("ConditioningConcat", call -> joined(call, "conditioning_to", "conditioning_from")),
            NodeFunctions.node(
                    "ControlNetApplyAdvanced",
                    call -> NodeResult.of(
                            call.link("positive", Value.Words.class), call.link("negative", Value.Words.class))),
            NodeFunctions.node("UpscaleModelLoader", ModelNodes::upscaleModel),
            NodeFunctions.node("PrimitiveString", ModelNodes::value),
            NodeFunctions.node("PrimitiveStringMultiline", ModelNodes::value),
            NodeFunctions.node("PrimitiveInt", ModelNodes::value),
            NodeFunctions.node("PrimitiveFloat", ModelNodes::value),
            NodeFunctions.node("PrimitiveBoolean", ModelNodes::value),
            NodeFunctions.node("BasicScheduler", call -> NodeResult.of(new Value.Sigmas(call.whole("steps")))));

    private ModelNodes() {}

    private static NodeResult checkpoint(NodeCall call) throws NodeFailure, Stopped {
        return NodeResult.of(model(call, "ckpt_name"), new Value.Clip(), new Value.Opaque("VAE"));
    }

    private static Value.Model model(NodeCall call, String input) throws NodeFailure, Stopped {
        String file = call.text(input);
        call.run().loadModel(file);
        return new Value.Model(Scene.EMPTY.on(file));
    }

    private static Value.Model lora(NodeCall call) throws NodeFailure, Stopped {
        call.run().loadLora(call.text("lora_name"));
        Scene scene = call.link("model", Value.Model.class).scene();
        return new Value.Model(scene.and(call.text("lora_name"), call.number("strength_model")));
    }

    private static NodeResult joined(NodeCall call, String first, String second) throws NodeFailure {
        return NodeResult.of(new Value.Words(call.link(first, Value.Words.class).text() + " "
                + call.link(second, Value.Words.class).text()));
    }

    /** Its list is of the form ComfyUI 0.3.64 does not check before running. */
    private static NodeResult upscaleModel(NodeCall call) throws NodeFailure {
        String file = call.text("model_name");
        if (!call.workshop().shelves().names("upscale_models").orElseThrow().contains(file)) {
            throw new NodeFailure(
                    "FileNotFoundError",
                    "Model in folder 'upscale_models' with filename '%s' not found.".formatted(file));
        }
        return NodeResult.of(new Value.Opaque("UPSCALE_MODEL"));
    }

    private static NodeResult value(NodeCall call) throws NodeFailure {
        return NodeResult.of(call.link("value", Value.Plain.class));
    }
}
