package dev.gaze.api.asset;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The named outfits an asset carries in its own file, usually a character's. Both forms of files are read: nested
 * (outfit name → fields) and the old flat one, which counts as the single outfit {@code default} (G24). The first
 * change that needs names turns a flat wardrobe into a nested one.
 *
 * <p>Every change is written to the file at once, as {@link AssetRepository#edit} does it.
 */
public interface Wardrobe {
    /** The outfit used when none is chosen. */
    String DEFAULT = "default";

    /**
     * The names of the outfits.
     *
     * @return in file order; empty when the asset has none
     */
    List<String> outfits();

    /**
     * The outfit worn when a request names none.
     *
     * @return its name; empty when there is none
     */
    Optional<String> active();

    /**
     * The fields of one outfit.
     *
     * @param outfit its name
     * @return its fields
     * @throws dev.gaze.api.problem.GazeException when there is no such outfit, with the nearest names
     */
    JsonObject get(String outfit);

    /**
     * Wears another outfit from now on.
     *
     * @param outfit its name
     * @throws dev.gaze.api.problem.GazeException when there is no such outfit, with the nearest names
     */
    void activate(String outfit);

    /**
     * Adds an outfit.
     *
     * @param outfit a new name, not blank
     * @param fields its fields
     * @throws dev.gaze.api.problem.GazeException when the name is taken
     */
    void add(String outfit, JsonObject fields);

    /**
     * Renames an outfit; the active one stays active under its new name.
     *
     * @param outfit its name
     * @param newName a name not taken
     * @throws dev.gaze.api.problem.GazeException when there is no such outfit, or the new name is taken
     */
    void rename(String outfit, String newName);

    /**
     * Deletes an outfit; when it was active, {@code default} becomes active, or the first one left.
     *
     * @param outfit its name
     * @throws dev.gaze.api.problem.GazeException when there is no such outfit, or it is the last one
     */
    void delete(String outfit);
}
