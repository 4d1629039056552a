package dev.gaze.api.preset;

import dev.gaze.api.problem.Problem;
import java.util.List;

/**
 * The presets of a library: those that ship with GAZE, those of plugins, and those of the user's own files in
 * {@code presets/} of the library, read in this order; where two have the same name, the later one wins. A file that was
 * edited counts from the next call on (P50). A broken file is a problem and takes nothing away from the others.
 *
 * <p>A file with one of the keys {@code categories}, {@code preset_packs}, {@code universal_options} or
 * {@code quality_tags} is a hierarchy, any other {@code {category: {name: words}}}. Safe for use by several threads.
 */
public interface Presets {

    /**
     * Which kind this library offers (P7).
     *
     * @return as {@code gaze.json} says; the hierarchy when it says nothing
     */
    PresetMode mode();

    /**
     * What is wrong with the preset files and providers at this moment.
     *
     * @return in reading order; empty when all is well
     */
    List<Problem> problems();

    // Flat -----------------------------------------------------------------------------------------------------------

    /**
     * The lists of names (P17).
     *
     * @return all categories
     */
    FlatPresets flat();

    /**
     * Keeps a preset of the user's own, in {@code presets/user.json} (P67). One of the same name is replaced.
     *
     * @param category the name of a flat category; a new one comes into being
     * @param name its name; not blank, not {@code None}
     * @param text its words; not blank
     * @throws dev.gaze.api.problem.GazeException {@code CONFLICT} when somebody else edits the file at the same moment;
     *     {@code INVALID} when the file is broken, which is left as it is; {@code REFUSED} when the library is open
     *     read-only
     */
    void add(String category, String name, String text);

    /**
     * Deletes a preset of the user's own. One that ships with GAZE and was covered by it is there again.
     *
     * @param category the name of its category
     * @param name its name
     * @return false when {@code presets/user.json} holds no such preset
     * @throws dev.gaze.api.problem.GazeException as {@link #add}
     */
    boolean delete(String category, String name);

    // The hierarchy --------------------------------------------------------------------------------------------------

    /**
     * Level 1 (P26).
     *
     * @return the popular ones first, the rest in file order
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when the mode is {@link PresetMode#FLAT}; so do all
     *     that follow
     */
    List<PresetCategory> categories();

    /**
     * Level 2 (P27).
     *
     * @param category the id of a category
     * @return the popular ones first, the rest in file order
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}, "Category not found"
     */
    List<PresetType> types(String category);

    /**
     * Level 3 (P28).
     *
     * @param category the id of a category
     * @param type the id of a type in it
     * @return the popular ones first, the rest in file order
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}, "Category not found" or "Type not found"
     */
    List<PresetArtist> artists(String category, String type);

    /**
     * Level 4 (P29): how the work is made.
     *
     * @param category the id of a category
     * @param type the id of a type in it
     * @param artist the id of an artist in that
     * @return the questions in file order; empty when the artist has none
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}, "Category", "Type" or "Artist not found"
     */
    List<PresetQuestion> technical(String category, String type, String artist);

    /**
     * Level 5 (P30): what is to be seen.
     *
     * @param category the id of a category
     * @param type the id of a type in it
     * @param artist the id of an artist in that
     * @return the questions in file order; empty when the artist has none
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND}, "Category", "Type" or "Artist not found"
     */
    List<PresetQuestion> specifics(String category, String type, String artist);

    /**
     * Selections to begin with (P31).
     *
     * @return in file order
     */
    List<PresetPack> packs();

    /**
     * Options that go with every category (P12, P32).
     *
     * @return in file order
     */
    List<PresetQuestion> universal();

    /**
     * The words that lift the quality for a kind of model.
     *
     * @param target such as {@code sdxl}
     * @return in file order; empty when the files name none
     */
    List<String> qualityTags(String target);
}
