package dev.gaze.core.engine;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.prompt.Cast;
import dev.gaze.core.settings.SettingsFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint used when a request names none (G48, G107). It is kept in the settings and never written into a
 * template. A file that no asset describes gets the settings of G79. Safe for use by several threads.
 */
final class DefaultCheckpoint {
    private final SettingsFile file;
    private final Optional<Category> category;
    private final Function<String, AssetRepository> repositories;
    private volatile @Nullable String path;

    /**
     * The default checkpoint of a library.
     *
     * @param file where it is kept
     * @param path what the file says now; null for none
     * @param categories all categories; the first that can be read as a checkpoint is the one
     * @param repositories the repository of a category, by its name
     */
    DefaultCheckpoint(
            SettingsFile file,
            @Nullable String path,
            List<Category> categories,
            Function<String, AssetRepository> repositories) {
        this.file = file;
        this.path = path;
        this.repositories = repositories;
        category = categories.stream()
                .filter(known -> known.reads(CheckpointSettings.class))
                .findFirst();
    }

    void set(@Nullable String given) {
        String wanted = given == null || given.isBlank() ? null : given.strip().replace('\\', '/');
        file.setDefaultCheckpoint(wanted);
        path = wanted;
    }

    /** The asset that describes it, as it joins a cast that has no checkpoint. */
    Optional<Cast.Member> member() {
        String wanted = path;
        return wanted == null
                ? Optional.empty()
                : category.map(known -> new Cast.Member(known, asset(known, wanted), true));
    }

    private Asset asset(Category known, String wanted) {
        List<String> key = known.model().path();
        return repositories
                .apply(known.id())
                .find(known.slug(wanted))
                .filter(asset -> asset.data()
                        .json()
                        .text(key.toArray(String[]::new))
                        .map(named -> named.strip().replace('\\', '/'))
                        .filter(wanted::equals)
                        .isPresent())
                .orElseGet(() -> Asset.unsaved(known, wanted, data(known.model(), wanted)));
    }

    private static AssetData data(ModelFile model, String wanted) {
        Function<String, AssetData> withoutJson = model.withoutJson();
        return withoutJson == null
                ? new AssetData(JsonObject.empty().with(model.path(), dev.gaze.api.json.JsonValue.of(wanted)))
                : withoutJson.apply(wanted);
    }
}
