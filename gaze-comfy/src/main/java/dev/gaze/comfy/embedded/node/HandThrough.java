package dev.gaze.comfy.embedded.node;

import dev.gaze.comfy.embedded.definition.InputSpec;
import dev.gaze.comfy.embedded.picture.Scene;
import dev.gaze.comfy.embedded.picture.Solid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node nothing is known of but its definition: each output is the first input of the same type, or a blank one. */
final class HandThrough {
    private static final int BLANK = 0x808080;

    private HandThrough() {}

    static NodeResult run(NodeCall call) {
        List<Value> values = new ArrayList<>();
        for (String type : call.spec().outputs()) {
            values.add(first(call, type).orElseGet(() -> blank(type)));
        }
        return new NodeResult(values, null);
    }

    private static Optional<Value> first(NodeCall call, String type) {
        return call.spec().inputs().stream()
                .filter(input -> input.typeName().equals(type))
                .map(InputSpec::name)
                .filter(call.inputs()::containsKey)
                .map(call.inputs()::get)
                .findFirst();
    }

    static Value blank(String type) {
        return switch (type) {
            case "MODEL" -> new Value.Model(Scene.EMPTY);
            case "CLIP" -> new Value.Clip();
            case "CONDITIONING" -> new Value.Words("");
            case "LATENT" -> new Value.Latent(new Solid(512, 512, 1, BLANK));
            case "IMAGE" -> new Value.Images(new Solid(512, 512, 1, BLANK));
            case "MASK" -> new Value.Mask(new Solid(512, 512, 1, BLANK));
            default -> new Value.Opaque(type);
        };
    }
}
