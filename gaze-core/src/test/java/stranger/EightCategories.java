package stranger;

import static dev.gaze.api.asset.Field.key;
import static dev.gaze.api.plugin.Position.after;
import static dev.gaze.api.plugin.Position.before;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.asset.Section;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.prompt.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * The eight categories and four slots once more, as somebody outside would write them: with gaze-api and nothing else.
 * It sees no package of the engine.
 */
public final class EightCategories implements GazePlugin {
    private static final List<String> WARDROBE =
            List.of("full_body", "headwear", "top", "bottom", "legwear", "footwear", "hands", "gloves", "accessories");
    private static final List<String> IDENTITY =
            List.of("base_specs", "hair", "eyes", "hands", "arms", "torso", "pelvis", "legs", "feet", "extra");

    /** Made by the test. */
    public EightCategories() {}

    @Override
    public String id() {
        return "stranger.eight";
    }

    @Override
    public List<Extension> extensions() {
        List<Extension> all = new ArrayList<>();
        for (String block : "head name artist triggers identity wardrobe action mood place aesthetic rest".split(" ")) {
            all.add(Block.named(block));
        }
        Field tags = key("tags").in("rest").always();
        all.add(Category.named("character")
                .single()
                .loras("Illustrious/Looks/")
                .loraWeight(0.8)
                .topLevel(
                        key("character_id").as("name").in("name").asName().face(),
                        key("series").in("name").asName(),
                        tags)
                .section(Section.named("identity").asEssential().fields(identity()))
                .section(Section.named("wardrobe").asEssential().asWardrobe().fields(wardrobe()))
                .section(Section.named("defaults")
                        .in("mood")
                        .fields(
                                key("expression").face(after("identity::eyes")),
                                key("pose").unlessChosen("action"),
                                key("scene").in("place").unlessChosen("scene")))
                .section(Section.named("styles")
                        .in("aesthetic")
                        .fields(
                                key("aesthetic"),
                                key("primary_color").notWritten(),
                                key("secondary_color").notWritten(),
                                key("tertiary_color").notWritten()))
                .reading(Subject.class, data -> new Subject(null, false, true, null)));
        all.add(Category.named("look")
                .single()
                .insteadOf("character")
                .loras("Illustrious/Looks/")
                .loraWeight(0.85)
                .topLevel(
                        key("positive").in(Block.TRIGGERS).always(),
                        key("negative").in(Block.NEGATIVE).always(),
                        tags));
        all.add(Category.named("action")
                .plainBackground()
                .loras("Illustrious/Poses/")
                .section(Section.named("action")
                        .fields(
                                key("full_body"),
                                key("additional"),
                                key("head").face(),
                                key("eyes").face(),
                                key("arms").hand(),
                                key("hands").hand(before("action::arms"))))
                .topLevel(tags));
        all.add(Category.named("outfit")
                .folder("clothing")
                .plainBackground()
                .loras("Illustrious/Clothing/")
                .loraWeight(0.8)
                .section(Section.named("wardrobe").fields(wardrobe()))
                .topLevel(tags));
        all.add(Category.named("scene")
                .loras("Illustrious/Backgrounds/")
                .section(Section.named("scene", "background", "foreground", "furniture", "colors", "lighting", "theme")
                        .in("place"))
                .topLevel(tags));
        all.add(Category.named("style")
                .plainBackground()
                .loras("Illustrious/Styles/")
                .section(Section.named("style")
                        .in("aesthetic")
                        .fields(key("artist_name").in("artist"), key("artistic_style"))));
        all.add(Category.named("detailer")
                .plainBackground()
                .loras("Illustrious/Detailers/")
                .topLevel(key("prompt")
                        .in("rest")
                        .always()
                        .faceWhen("focus::face")
                        .handWhen("focus::hands")));
        all.add(Category.named("checkpoint")
                .single()
                .plainBackground()
                .slugKeepsGaps()
                .idKey("checkpoint_path")
                .model(new ModelFile(
                        "checkpoints",
                        List.of("checkpoint_path"),
                        List.of("Illustrious/", "Noob/"),
                        path -> new AssetData(JsonObject.of("checkpoint_path", path))))
                .reading(CheckpointSettings.class, CheckpointSettings::in));
        all.add(LoraSlot.named("character").filledBy("look", "character"));
        all.add(LoraSlot.named("outfit").filledBy("outfit"));
        all.add(LoraSlot.named("action").filledBy("action"));
        all.add(LoraSlot.named("style").filledBy("style", "detailer", "scene"));
        return all;
    }

    private static Field[] identity() {
        return IDENTITY.stream()
                .map(name -> switch (name) {
                    case "hair", "eyes" -> key(name).face();
                    case "hands" -> key(name).hand().insteadOf("wardrobe::gloves", "wardrobe::hands");
                    default -> key(name);
                })
                .toArray(Field[]::new);
    }

    private static Field[] wardrobe() {
        return WARDROBE.stream()
                .map(name -> switch (name) {
                    case "headwear" -> key(name).face();
                    case "hands" -> key(name).hand();
                    case "gloves" -> key(name).hand(before("wardrobe::hands"));
                    default -> key(name);
                })
                .toArray(Field[]::new);
    }
}
