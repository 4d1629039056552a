package dev.gaze.core.prompt;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.Category;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.plugin.PluginLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Assets in memory, and a composer over them. JSON is written with single quotes. */
public final class Shelf {
    private final Installed installed;
    private final Map<AssetKey, Asset> assets = new LinkedHashMap<>();
    private final Composer composer;

    public Shelf(Extension... extensions) {
        this("test.plugin", extensions);
    }

    public Shelf(String plugin, Extension... extensions) {
        this(PluginLoader.load(List.of(new Declaring(plugin, List.of(extensions))), Set.of(), false));
    }

    public Shelf(Installed installed) {
        this.installed = installed;
        this.composer = new Composer(installed, this::get, this::pick, new Random(1));
    }

    /** A plugin that declares what it is given. */
    private record Declaring(String id, List<Extension> extensions) implements GazePlugin {}

    /** The assets of PROMPTS.md, 2.5, under names of our own tests' choosing. */
    public static Shelf withMira(Extension... extensions) {
        return new Shelf(extensions).addMira();
    }

    public Shelf addMira() {
        return put("character", "mira_vale", """
                        {'character_id': 'mira_vale', 'participants': {'orientation': '1F'},
                         'identity': {'hair': 'long hair, red hair', 'eyes': 'green eyes'},
                         'defaults': {'expression': 'smile', 'pose': 'standing', 'scene': 'street'},
                         'wardrobe': {'default': {'top': 'white shirt', 'bottom': 'jeans'}},
                         'lora': {'lora_triggers': 'miraV'}}""")
                .put("outfit", "raincoat", """
                        {'wardrobe': {'top': 'yellow raincoat', 'footwear': 'rubber boots'},
                         'lora': {'lora_triggers': 'rainC'}}""")
                .put("scene", "harbour_dawn", "{'scene': {'background': 'harbor', 'lighting': 'sunrise'}}")
                .put("action", "sitting", "{'action': {'full_body': 'sitting', 'additional': 'crossed legs'}}")
                .put(
                        "outfit",
                        "stage",
                        "{'wardrobe': {'full_body': 'stage dress'}, 'lora': {'lora_triggers': 'stageD'}}");
    }

    public static AssetData data(String json) {
        return AssetData.parse(json.replace('\'', '"'));
    }

    public Shelf put(String category, String id, String json) {
        Category declared = installed.category(category).orElseThrow();
        Asset asset = Asset.unsaved(declared, id, data(json));
        assets.put(asset.key(), asset);
        return this;
    }

    public Shelf state(String category, String slug, UnaryOperator<AssetState> change) {
        Asset old = assets.get(new AssetKey(category, slug));
        assets.put(
                old.key(),
                new Asset(
                        old.key(),
                        old.id(),
                        old.name(),
                        old.file(),
                        old.data(),
                        change.apply(old.state()),
                        old.hash()));
        return this;
    }

    public Installed installed() {
        return installed;
    }

    public Composer composer() {
        return composer;
    }

    public PromptBuilder prompt() {
        return composer.builder();
    }

    public Asset get(AssetKey key) {
        Asset asset = assets.get(key);
        if (asset == null) {
            List<String> slugs = assets.keySet().stream()
                    .filter(other -> other.category().equals(key.category()))
                    .map(AssetKey::slug)
                    .toList();
            throw new GazeException(
                    GazeException.Kind.NOT_FOUND,
                    Problem.of("There is no " + key.category() + " '" + key.slug() + "'")
                            .fix(NearestNames.fix(key.slug(), slugs, key.category() + "s")));
        }
        return asset;
    }

    private Optional<Asset> pick(String category, RandomGenerator random) {
        List<Asset> all = assets.values().stream()
                .filter(asset -> asset.key().category().equals(category))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
