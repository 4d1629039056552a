package dev.gaze.api.author;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.Category;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes assets of one category with a language model.
 *
 * <pre>{@code
 * Written written = gaze.author("character").write("a lighthouse keeper who was once at sea");
 * if (written instanceof Written.Valid valid) {
 *     valid.save();
 * }
 * }</pre>
 *
 * <p>The model is given the category's {@link dev.gaze.api.asset.Guide}, or one made from its sections, and may look up
 * tags. Calls run on the calling thread and take as long as the model does; interrupting it ends them. Safe for use by
 * several threads.
 */
public interface Author {
    /**
     * How often the model is asked for one asset at most: once, and three times more with what is wrong. One whose answers
     * hold no readable JSON is asked three times in all.
     */
    int ROUNDS = 4;

    /**
     * What it writes.
     *
     * @return the category
     */
    Category category();

    /**
     * This author with another language model.
     *
     * @param model a model of the library's server; null for the one of its settings
     * @return an author of the same category
     */
    Author withModel(@Nullable String model);

    /**
     * Writes an asset from a description (G88). Nothing is saved.
     *
     * @param description what the asset should be; not blank
     * @return the asset, or, after {@value #ROUNDS} rounds that were all wrong, the last answer and what is wrong with it
     * @throws dev.gaze.api.chat.ChatException when the model does not answer
     * @throws GazeException {@code INVALID} for a category whose assets describe a model file each, such as checkpoints;
     *     {@link #writeFor} writes those
     * @throws IllegalArgumentException if the description is blank
     */
    Written write(String description);

    /**
     * Writes an asset from a description, as {@link #write(String)} does, and tells every step.
     *
     * @param description what the asset should be; not blank
     * @param listener told in order: rounds on the calling thread, what the model does, as it comes, on another
     * @return as {@link #write(String)}
     */
    Written write(String description, Consumer<WritingEvent> listener);

    /**
     * Writes an asset for a model file, with the file's name and what its header says as hints (G100). Nothing is saved.
     * The id follows from the file's name, unless ids of the category are written into prompts, as those of characters
     * are: then the model chooses it.
     *
     * @param file one of {@link dev.gaze.api.asset.AssetRepository#modelFiles}
     * @return the asset, or, after {@value #ROUNDS} rounds that were all wrong, the last answer and what is wrong with it
     * @throws dev.gaze.api.chat.ChatException when the model does not answer
     * @throws GazeException {@code NOT_FOUND} when the category has no such file, with the nearest names
     */
    Written writeFor(String file);

    /**
     * Writes an asset for a model file, and tells every step.
     *
     * @param file as {@link #writeFor(String)} wants it
     * @param listener as {@link #write(String, Consumer)} tells it
     * @return the asset, not yet saved, or what is left for a human to mend
     * @throws dev.gaze.api.problem.GazeException as {@link #writeFor(String)}
     */
    Written writeFor(String file, Consumer<WritingEvent> listener);

    /**
     * Writes an asset from a description and saves it (G88).
     *
     * @param description what the asset should be; not blank
     * @return the new asset
     * @throws GazeException {@code FAILED} with what is wrong with the last answer, when no round was right; otherwise as
     *     {@link #write(String)} and {@link Written.Valid#save}
     */
    default Asset create(String description) {
        Written written = write(description);
        if (written instanceof Written.Valid valid) {
            return valid.save();
        }
        Written.NeedsHuman open = (Written.NeedsHuman) written;
        throw new GazeException(
                Kind.FAILED,
                "The model wrote no %s that could be saved, in %d rounds"
                        .formatted(category().id(), open.rounds()),
                open.problems());
    }

    /**
     * Writes and saves an asset for every model file of the category that no asset names yet (G100), one after the other,
     * with the file's name and the metadata in its header as hints. What was made is saved at once, so that a run that was
     * stopped, however it was, goes on with the next call.
     *
     * @param goOn told of each file when it is done; false ends the run
     * @return what was made and what was not
     * @throws dev.gaze.api.problem.GazeException when the library cannot be written to
     */
    BulkReport bulkCreate(Predicate<BulkStep> goOn);

    /**
     * Writes and saves an asset for every model file of the category that no asset names yet.
     *
     * @return what was made and what was not
     */
    default BulkReport bulkCreate() {
        return bulkCreate(step -> true);
    }
}
