package dev.gaze.api.prompt;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.Category;
import org.jspecify.annotations.Nullable;

/**
 * Composes prompts from assets. Immutable: every call returns a new builder, so one may be kept and varied.
 *
 * <pre>{@code
 * Prompt prompt = gaze.prompts().character("mira_vale").with("outfit", "raincoat")
 *         .only("special::name", "identity::hair").plus("looking at viewer").build();
 * }</pre>
 *
 * <p>Safe for use by several threads. Names are looked up by {@link #build}; one that does not exist throws
 * {@code NOT_FOUND} with the nearest names.
 */
public interface PromptBuilder {

    /**
     * With a character.
     *
     * @param slug its slug, or {@code __random__}
     * @return a new builder
     */
    default PromptBuilder character(String slug) {
        return with("character", slug);
    }

    /**
     * With one more asset: the first of a category is merged with the character, further ones go to the extras.
     *
     * @param category the name of its category
     * @param slug its slug
     * @return a new builder
     */
    default PromptBuilder with(String category, String slug) {
        return selecting(selection().with(category, slug));
    }

    /**
     * With an asset that need not be in the library.
     *
     * @param category what it is read as
     * @param asset the asset
     * @return a new builder
     */
    PromptBuilder with(Category category, Asset asset);

    /**
     * With these fields only.
     *
     * @param addresses {@code section::key}, such as {@code identity::hair}
     * @return a new builder
     */
    default PromptBuilder only(String... addresses) {
        return selecting(selection().only(addresses));
    }

    /**
     * Wearing another outfit of the character's own wardrobe.
     *
     * @param outfit its name; null for the active one
     * @return a new builder
     */
    default PromptBuilder wearing(@Nullable String outfit) {
        return selecting(selection().wearing(outfit));
    }

    /**
     * With words added to the main prompt.
     *
     * @param words tags, separated by commas
     * @return a new builder
     */
    default PromptBuilder plus(String words) {
        return selecting(selection().plus(words));
    }

    /**
     * With words added to the negative.
     *
     * @param words tags, separated by commas
     * @return a new builder
     */
    default PromptBuilder negative(String words) {
        return selecting(selection().negative(words));
    }

    /**
     * With another comparison of tags for cross-dedup.
     *
     * @param match when tags cancel
     * @return a new builder
     */
    default PromptBuilder match(Match match) {
        return selecting(selection().match(match));
    }

    /**
     * With a seed for the templates among the words. Without one every build draws its own.
     *
     * @param seed 64 bits, read as unsigned
     * @return a new builder
     */
    PromptBuilder seed(long seed);

    /**
     * With everything of a selection, in place of what was said so far; assets given as values stay.
     *
     * @param selection what is wanted
     * @return a new builder
     */
    PromptBuilder selecting(Selection selection);

    /**
     * With the texts of a workflow template.
     *
     * @param literals what the template itself says
     * @return a new builder
     */
    PromptBuilder literals(LiteralTexts literals);

    /**
     * What has been asked for so far.
     *
     * @return the selection, without assets given as values
     */
    Selection selection();

    /**
     * Finds the assets.
     *
     * @return the cast
     * @throws dev.gaze.api.problem.GazeException when one does not exist, or a category that allows one asset has two
     */
    Cast cast();

    /**
     * Composes the prompt. No server is needed.
     *
     * @return the finished words
     * @throws dev.gaze.api.problem.GazeException when an asset does not exist, or the positive text holds a name of the
     *     deny list
     */
    Prompt build();

    /**
     * The text of all chosen assets as extras, none of them merged (G25).
     *
     * @return tags, joined with {@code ", "}; empty when nothing is chosen
     */
    String extras();
}
