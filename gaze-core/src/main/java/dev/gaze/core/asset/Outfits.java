package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Section;
import dev.gaze.api.asset.Wardrobe;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The wardrobe of one asset. Keeps nothing itself: every call reads the asset anew. */
final class Outfits implements Wardrobe {
    private final ShelfRepository assets;
    private final String slug;
    private final String section;

    Outfits(ShelfRepository assets, String slug) {
        this.assets = assets;
        this.slug = slug;
        this.section = assets.category().sections().stream()
                .filter(Section::wardrobe)
                .findFirst()
                .map(Section::name)
                .orElseThrow(() -> new GazeException(
                        Kind.INVALID,
                        Problem.of("Assets of category '%s' have no wardrobe"
                                .formatted(assets.category().id()))));
    }

    @Override
    public List<String> outfits() {
        return List.copyOf(named(assets.get(slug).data()).keySet());
    }

    @Override
    public Optional<String> active() {
        return active(assets.get(slug));
    }

    @Override
    public JsonObject get(String outfit) {
        return existing(named(assets.get(slug).data()), outfit);
    }

    @Override
    public void activate(String outfit) {
        assets.changing(() -> {
            existing(named(assets.get(slug).data()), outfit);
            return wear(outfit);
        });
    }

    @Override
    public void add(String outfit, JsonObject fields) {
        String name = outfit.strip();
        edit(outfits -> {
            requireFree(outfits, name);
            outfits.put(name, fields);
            return outfits;
        });
    }

    @Override
    public void rename(String outfit, String newName) {
        String name = newName.strip();
        assets.changing(() -> {
            boolean worn = active(assets.get(slug)).filter(outfit::equals).isPresent();
            edit(outfits -> {
                existing(outfits, outfit);
                if (name.equals(outfit)) {
                    return outfits;
                }
                requireFree(outfits, name);
                Map<String, JsonObject> renamed = new LinkedHashMap<>();
                outfits.forEach((known, fields) -> renamed.put(known.equals(outfit) ? name : known, fields));
                return renamed;
            });
            return worn ? wear(name) : name;
        });
    }

    @Override
    public void delete(String outfit) {
        assets.changing(() -> {
            boolean worn = active(assets.get(slug)).filter(outfit::equals).isPresent();
            edit(outfits -> {
                existing(outfits, outfit);
                if (outfits.size() == 1) {
                    throw new GazeException(
                            Kind.REFUSED,
                            Problem.of("'%s' is the last outfit of '%s'".formatted(outfit, slug))
                                    .fix("add another one first"));
                }
                outfits.remove(outfit);
                return outfits;
            });
            List<String> left = outfits();
            return worn ? wear(left.contains(DEFAULT) ? DEFAULT : left.get(0)) : outfit;
        });
    }

    // How it stands in the file --------------------------------------------------------------------------------------

    /** The outfits by name; a flat wardrobe is the single outfit {@code default} (G24). */
    private Map<String, JsonObject> named(AssetData data) {
        JsonObject wardrobe = data.json().object(section);
        Map<String, JsonObject> outfits = new LinkedHashMap<>();
        if (isNested(wardrobe)) {
            wardrobe.members().forEach((name, fields) -> outfits.put(name, (JsonObject) fields));
        } else {
            outfits.put(DEFAULT, wardrobe);
        }
        return outfits;
    }

    private static boolean isNested(JsonObject wardrobe) {
        return wardrobe.members().values().stream().allMatch(JsonObject.class::isInstance);
    }

    private void edit(UnaryOperator<Map<String, JsonObject>> change) {
        assets.edit(slug, data -> {
            Map<String, JsonValue> changed = new LinkedHashMap<>(change.apply(named(data)));
            return new AssetData(data.json().with(section, new JsonObject(changed)));
        });
    }

    private Optional<String> active(Asset asset) {
        Map<String, JsonObject> outfits = named(asset.data());
        String chosen = asset.state().outfit();
        return Optional.ofNullable(chosen)
                .filter(outfits::containsKey)
                .or(() -> Optional.of(DEFAULT).filter(outfits::containsKey));
    }

    private Asset wear(String outfit) {
        return assets.editState(slug, state -> state.withOutfit(outfit.equals(DEFAULT) ? null : outfit));
    }

    private JsonObject existing(Map<String, JsonObject> outfits, String outfit) {
        JsonObject fields = outfits.get(outfit);
        if (fields == null) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("'%s' has no outfit '%s'".formatted(slug, outfit))
                            .fix(NearestNames.fix(outfit, outfits.keySet(), "outfits")));
        }
        return fields;
    }

    private void requireFree(Map<String, JsonObject> outfits, String name) {
        if (name.isEmpty()) {
            throw new GazeException(Kind.INVALID, Problem.of("The name of an outfit is blank"));
        }
        if (outfits.containsKey(name)) {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("'%s' has an outfit '%s' already".formatted(slug, name))
                            .fix("choose another name"));
        }
    }
}
