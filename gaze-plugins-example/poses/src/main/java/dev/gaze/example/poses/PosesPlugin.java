package dev.gaze.example.poses;

import static dev.gaze.api.plugin.Position.after;

import dev.gaze.api.asset.Category;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import java.util.List;

/** Adds the asset category 'pose' and a LoRA slot to go with it. */
public final class PosesPlugin implements GazePlugin {
    @Override
    public String id() {
        return "example.poses";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(
                Category.named("pose").folder("poses").section("pose", after("action"), "full_body", "arms", "hands"),
                LoraSlot.named("pose").after("action").filledBy("pose"));
    }
}
