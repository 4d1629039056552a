package dev.gaze.api.asset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The assets of one category. {@code gaze.assets("outfit")} gives one.
 *
 * <p>Reading is answered from an index of the files and never touches a file that is unchanged. Writing goes to the
 * file first (temporary file, forced to disk, moved into place) and then to the index: a crash at any moment leaves the
 * old or the new file, never half of one, and the next open repairs the index. A change is refused with
 * {@link dev.gaze.api.problem.GazeException.Kind#CONFLICT} when the file was changed by somebody else in the meantime.
 *
 * <p>Safe for use by several threads. Unless said otherwise a slug that does not exist throws {@code NOT_FOUND} with the
 * nearest names; writing to a library opened read-only throws {@code REFUSED}.
 */
public interface AssetRepository {
    /** Stands for any asset, picked at random, where a stored choice is resolved (G37). */
    String RANDOM = "__random__";

    /**
     * What these assets are.
     *
     * @return the category
     */
    Category category();

    /**
     * Looks an asset up.
     *
     * @param slug its slug, with case
     * @return the asset; empty when there is none
     */
    Optional<Asset> find(String slug);

    /**
     * Gets an asset that must exist.
     *
     * @param slug its slug, with case
     * @return the asset
     */
    Asset get(String slug);

    /**
     * Resolves a stored choice (G37): a slug gives that asset, {@link #RANDOM} a random one, and blank, unknown or
     * nothing stored gives none, without an error.
     *
     * @param choice a slug, {@link #RANDOM}, or blank
     * @param random where the pick comes from
     * @return the asset; empty for none
     */
    Optional<Asset> resolve(String choice, RandomGenerator random);

    /**
     * Picks one at random.
     *
     * @param random where the pick comes from; the same state gives the same pick from the same assets
     * @return an asset; empty when there are none
     */
    Optional<Asset> random(RandomGenerator random);

    /**
     * How many there are.
     *
     * @return zero or more
     */
    int count();

    /**
     * All of them, by display name without regard to case, ties by slug.
     *
     * @return a snapshot
     */
    List<AssetSummary> list();

    /**
     * Some of them, in the order of {@link #list()}.
     *
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    Page<AssetSummary> list(int offset, int limit);

    /**
     * Those whose name, id or tags contain every word of the text, without regard to case, in the order of
     * {@link #list()}.
     *
     * @param text words; blank finds all
     * @param offset how many to pass over, from 0
     * @param limit how many at most, 1 or more
     * @return the page
     */
    Page<AssetSummary> search(String text, int offset, int limit);

    /**
     * Those without a cover, in the order of {@link #list()} (G108).
     *
     * @return a snapshot
     */
    List<AssetSummary> withoutCover();

    /**
     * Writes a new asset file, named after its id.
     *
     * @param id a new id; its slug must be free and not empty
     * @param data the content; its id key is set to {@code id}
     * @return the new asset
     * @throws dev.gaze.api.problem.GazeException when the slug is taken ({@code CONFLICT}) or the content is wrong
     */
    Asset create(String id, AssetData data);

    /**
     * Writes a new asset file in which every field of the category is still empty (G88).
     *
     * @param id a new id; its slug must be free and not empty
     * @return the new asset
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} when the slug is taken
     */
    default Asset createBlank(String id) {
        return create(id, category().blank(id));
    }

    /**
     * Changes an asset. Reads it fresh, applies the change, and writes it under the name its file has.
     *
     * @param slug which
     * @param change gets the current content; called again when somebody else was faster, so it must not have effects
     * @return the asset as it is now; the slug may be a new one when the change touches the id
     */
    Asset edit(String slug, UnaryOperator<AssetData> change);

    /**
     * Writes content over the version the caller has read.
     *
     * @param asset what was read
     * @param data its new content
     * @return the asset as it is now
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} when the file is no longer the one that was read
     */
    Asset replace(Asset asset, AssetData data);

    /**
     * Replaces the whole content by JSON text, after checking it; the file name stays (G98).
     *
     * @param slug which
     * @param json the new content
     * @return the asset as it is now
     */
    Asset replaceJson(String slug, String json);

    /**
     * Gives an asset another id: its file, its state and the folder of its images follow.
     *
     * @param slug which
     * @param newId a new id; its slug must be free and not empty
     * @return the asset under its new slug
     */
    Asset rename(String slug, String newId);

    /**
     * Copies an asset's content under a new id; its state is not copied (G97).
     *
     * @param slug which
     * @param newId a new id; its slug must be free and not empty
     * @return the copy
     */
    Asset clone(String slug, String newId);

    /**
     * Deletes an asset; its images stay.
     *
     * @param slug which
     * @param mode how much
     */
    void delete(String slug, DeleteMode mode);

    /**
     * Changes what is kept beside the file: default fields, last-used choices.
     *
     * @param slug which
     * @param change gets the current state; called again when somebody else was faster
     * @return the asset as it is now
     */
    Asset editState(String slug, UnaryOperator<AssetState> change);

    /**
     * Makes an image that is already among the uploads the cover (G83, G93).
     *
     * @param slug which
     * @param image a PNG, JPEG or WebP file inside the uploads folder, links resolved
     * @return the asset as it is now
     * @throws dev.gaze.api.problem.GazeException {@code REFUSED} when it lies elsewhere or is no image
     */
    Asset promoteCover(String slug, Path image);

    /**
     * Stores an image as the cover (G85, G95).
     *
     * @param slug which
     * @param image the bytes of a PNG, JPEG or WebP file within the size limits
     * @return the asset as it is now
     * @throws dev.gaze.api.problem.GazeException {@code REFUSED} when it is no image or too large
     */
    Asset uploadCover(String slug, byte[] image);

    /**
     * Forgets the covers of all assets of this category; the image files stay (G110).
     *
     * @return how many had one
     */
    int clearCovers();

    /**
     * The outfits an asset carries in its own file.
     *
     * @param slug which
     * @return its wardrobe, empty when the file has none
     * @throws dev.gaze.api.problem.GazeException when the category has no wardrobe section
     */
    Wardrobe wardrobe(String slug);

    /**
     * The LoRA or model files of this category that lie below the model roots (G142): those whose path starts with the
     * category's model prefixes. A check of what exists; nothing is loaded.
     *
     * @return paths relative to their root, with forward slashes, sorted
     */
    List<String> modelFiles();

    /**
     * Reads what changed on disk since the last sync.
     *
     * @return what was found
     */
    SyncReport sync();

    /**
     * Reads what changed on disk, telling how far it is.
     *
     * @param progress called on the threads of the sync
     * @return what was found
     */
    SyncReport sync(Consumer<SyncProgress> progress);

    /**
     * Reads one asset's file again, without looking at any other.
     *
     * @param slug which; it may be gone, then it is removed
     * @return what was found
     */
    SyncReport sync(String slug);
}
