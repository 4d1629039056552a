package dev.gaze.core.builtin;

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
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.prompt.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The blocks, categories and LoRA slots every library has (G5, G60 to G78, G141). */
public final class BuiltinPlugin implements GazePlugin {
    private static final String NAME = "name";
    private static final String ARTIST = "artist";
    private static final String MOOD = "mood";
    private static final String PLACE = "place";
    private static final String AESTHETIC = "aesthetic";
    private static final String REST = "rest";

    /** Made by the engine. */
    public BuiltinPlugin() {}

    @Override
    public String id() {
        return "gaze.builtin";
    }

    @Override
    public List<Extension> extensions() {
        List<Extension> all = new ArrayList<>(blocks());
        all.addAll(List.of(character(), look(), action(), outfit(), scene(), style(), detailer(), checkpoint()));
        all.addAll(slots());
        return all;
    }

    private static List<Block> blocks() {
        return Stream.of(
                        Block.HEAD,
                        NAME,
                        ARTIST,
                        Block.TRIGGERS,
                        "identity",
                        "wardrobe",
                        "action",
                        MOOD,
                        PLACE,
                        AESTHETIC,
                        REST)
                .map(Block::named)
                .toList();
    }

    private static List<LoraSlot> slots() {
        return List.of(
                LoraSlot.named("character").filledBy("look", "character"),
                LoraSlot.named("outfit").filledBy("outfit"),
                LoraSlot.named("action").filledBy("action"),
                LoraSlot.named("style").filledBy("style", "detailer", "scene"));
    }

    private static Category character() {
        return Category.named("character")
                .guide(() -> Guides.of("character"))
                .single()
                .loras("Illustrious/Looks/")
                .loraWeight(0.8)
                .topLevel(
                        Field.key("character_id").as("name").in(NAME).asName().face(),
                        Field.key("series").in(NAME).asName(),
                        tags())
                .section(Section.named("identity").asEssential().fields(identity()))
                .section(Section.named("wardrobe").asEssential().asWardrobe().fields(wardrobe()))
                .section(Section.named("defaults")
                        .in(MOOD)
                        .fields(
                                Field.key("expression").face(after("identity::eyes")),
                                Field.key("pose").unlessChosen("action"),
                                Field.key("scene").in(PLACE).unlessChosen("scene")))
                .section(Section.named("styles")
                        .in(AESTHETIC)
                        .fields(
                                Field.key("aesthetic"),
                                Field.key("primary_color").notWritten(),
                                Field.key("secondary_color").notWritten(),
                                Field.key("tertiary_color").notWritten()))
                .reading(Subject.class, BuiltinPlugin::subject);
    }

    private static Category look() {
        return Category.named("look")
                .guide(() -> Guides.of("look"))
                .single()
                .insteadOf("character")
                .loras("Illustrious/Looks/")
                .loraWeight(0.85)
                .topLevel(
                        Field.key("positive").in(Block.TRIGGERS).always(),
                        Field.key("negative").in(Block.NEGATIVE).always(),
                        tags());
    }

    private static Category action() {
        return Category.named("action")
                .guide(() -> Guides.of("action"))
                .plainBackground()
                .loras("Illustrious/Poses/")
                .section(Section.named("action")
                        .fields(
                                Field.key("full_body"),
                                Field.key("additional"),
                                Field.key("head").face(),
                                Field.key("eyes").face(),
                                Field.key("arms").hand(),
                                Field.key("hands").hand(before("action::arms"))))
                .topLevel(tags());
    }

    private static Category outfit() {
        return Category.named("outfit")
                .guide(() -> Guides.of("outfit"))
                .folder("clothing")
                .plainBackground()
                .loras("Illustrious/Clothing/")
                .loraWeight(0.8)
                .section(Section.named("wardrobe").fields(wardrobe()))
                .topLevel(tags());
    }

    private static Category scene() {
        return Category.named("scene")
                .guide(() -> Guides.of("scene"))
                .loras("Illustrious/Backgrounds/")
                .section(Section.named("scene", "background", "foreground", "furniture", "colors", "lighting", "theme")
                        .in(PLACE))
                .topLevel(tags());
    }

    private static Category style() {
        return Category.named("style")
                .guide(() -> Guides.of("style"))
                .plainBackground()
                .loras("Illustrious/Styles/")
                .section(Section.named("style")
                        .in(AESTHETIC)
                        .fields(Field.key("artist_name").in(ARTIST), Field.key("artistic_style")));
    }

    private static Category detailer() {
        return Category.named("detailer")
                .guide(() -> Guides.of("detailer"))
                .plainBackground()
                .loras("Illustrious/Detailers/")
                .topLevel(Field.key("prompt")
                        .in(REST)
                        .always()
                        .faceWhen("focus::face")
                        .handWhen("focus::hands"));
    }

    private static Category checkpoint() {
        return Category.named("checkpoint")
                .guide(() -> Guides.of("checkpoint"))
                .single()
                .plainBackground()
                .slugKeepsGaps()
                .idKey("checkpoint_path")
                .model(new ModelFile(
                        "checkpoints",
                        List.of("checkpoint_path"),
                        List.of("Illustrious/", "Noob/"),
                        BuiltinPlugin::checkpointWithoutJson))
                .reading(CheckpointSettings.class, CheckpointSettings::in);
    }

    private static Field tags() {
        return Field.key("tags").in(REST).always();
    }

    private static Field[] identity() {
        return new Field[] {
            Field.key("base_specs"),
            Field.key("hair").face(),
            Field.key("eyes").face(),
            Field.key("hands").hand().insteadOf("wardrobe::gloves", "wardrobe::hands"),
            Field.key("arms"),
            Field.key("torso"),
            Field.key("pelvis"),
            Field.key("legs"),
            Field.key("feet"),
            Field.key("extra")
        };
    }

    private static Field[] wardrobe() {
        return new Field[] {
            Field.key("full_body"),
            Field.key("headwear").face(),
            Field.key("top"),
            Field.key("bottom"),
            Field.key("legwear"),
            Field.key("footwear"),
            Field.key("hands").hand(),
            Field.key("gloves").hand(before("wardrobe::hands")),
            Field.key("accessories")
        };
    }

    private static Subject subject(AssetData data) {
        JsonObject json = data.json();
        return new Subject(
                json.text("participants", "orientation").orElse(null),
                json.text("participants", "solo_focus")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent(),
                json.text("participants", "relation")
                        .filter("none"::equalsIgnoreCase)
                        .isEmpty(),
                json.text("styles", "primary_color")
                        .filter(colour -> !colour.isBlank())
                        .orElse(null));
    }

    private static AssetData checkpointWithoutJson(String path) {
        SamplerSettings settings = SamplerSettings.DEFAULT;
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return new AssetData(JsonObject.of(
                "checkpoint_path",
                path,
                "checkpoint_name",
                dot > 0 ? file.substring(0, dot) : file,
                "base_positive",
                "",
                "base_negative",
                "",
                "steps",
                settings.steps(),
                "cfg",
                settings.cfg(),
                "sampler_name",
                settings.sampler(),
                "scheduler",
                settings.scheduler(),
                "vae",
                CheckpointSettings.INTEGRATED));
    }
}
