package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Model files that no asset names appear with default data, in categories that say so (G78). Nothing is written for
 * them; an edit makes their file.
 */
final class ModelsWithoutJson {
    private final Shelf shelf;
    private final Filing filing;
    private final Function<String, Entry.@Nullable Sidecar> sidecars;

    /**
     * The model files of a category.
     *
     * @param shelf the category
     * @param filing where to put what is found
     * @param sidecars reads the sidecar of a slug
     */
    ModelsWithoutJson(Shelf shelf, Filing filing, Function<String, Entry.@Nullable Sidecar> sidecars) {
        this.shelf = shelf;
        this.filing = filing;
        this.sidecars = sidecars;
    }

    /** Brings the index in line with the model files; the asset files have been filed before. */
    void file() {
        Function<String, AssetData> make = shelf.category().model().withoutJson();
        if (make == null) {
            return;
        }
        Set<String> gone = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (Entry entry : shelf.index().all()) {
            if (entry.file() == null) {
                gone.add(entry.slug());
            } else {
                named.add(entry.model());
            }
        }
        for (String model : shelf.modelFiles()) {
            if (!named.contains(model)) {
                gone.remove(file(model, make.apply(model)));
            }
        }
        gone.forEach(slug -> filing.set(slug, null));
    }

    private String file(String model, AssetData data) {
        String slug = shelf.category().slug(model);
        Entry holder = shelf.index().find(slug).orElse(null);
        if (holder != null && (holder.file() != null || !holder.model().equals(model))) {
            filing.problems()
                    .add(new Problem(
                            "Model file '%s' has the same slug '%s' as '%s', which is loaded"
                                    .formatted(model, slug, holder.file() == null ? holder.model() : holder.file()),
                            model,
                            "rename the model file"));
            return slug;
        }
        String name = data.json()
                .get(shelf.category().nameKey())
                .filter(JsonText.class::isInstance)
                .map(text -> ((JsonText) text).value())
                .orElse(model);
        Entry entry =
                new Entry(slug, model, name, null, FileStamp.NONE, ContentHash.NONE, "", model, sidecars.apply(slug));
        if (!entry.equals(holder)) {
            filing.set(slug, entry);
        }
        return slug;
    }
}
