package dev.gaze.api.tag;

import dev.gaze.api.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tags somebody knows. {@code gaze.tags()} gives the ones of all installed sources as one.
 *
 * <pre>{@code
 * catalogue.search("long_h");                             // long_hair, …
 * catalogue.validate(List.of("Long Hair", "sole female"));    // valid: long_hair; aliases: sole_female → 1girl
 * }</pre>
 *
 * <p>Names of the deny list are never found. Safe for use by several threads. A source that asks a server may throw a
 * {@link dev.gaze.api.problem.GazeException} when it is away.
 */
public interface TagCatalogue {

    /**
     * Finds tags by the beginning of their name, then by the beginning of an alias; within each, the highest count
     * first (G132).
     *
     * @param query what is looked for
     * @return the hits, each tag once
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when there is no such category
     */
    List<TagHit> search(TagQuery query);

    /**
     * Finds up to {@value TagQuery#USUAL} tags by the beginning of their name, then of an alias.
     *
     * @param text the beginning
     * @return the hits
     */
    default List<TagHit> search(String text) {
        return search(TagQuery.of(text));
    }

    /**
     * Completes what is being typed: what {@link #search} finds, then names in which a word begins so ({@code hair}
     * finds {@code long_hair}), then names that hold it anywhere, then names one slip of the fingers away (a letter too
     * many, too few, wrong, or two swapped). Within each, the highest count first. Shortcuts such as {@code /lh} are
     * neither found nor shown (G132).
     *
     * @param query what is typed so far
     * @return the hits, each tag once
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when there is no such category
     */
    List<TagHit> suggest(TagQuery query);

    /**
     * Completes what is being typed with up to {@value TagQuery#USUAL} tags of any category.
     *
     * @param text what is typed so far
     * @return the hits
     */
    default List<TagHit> suggest(String text) {
        return suggest(TagQuery.of(text));
    }

    /**
     * Tells which of some tags exist (G132). Each is spelled as {@link Tag#spelled} says; what then is no name and no
     * alias is looked for once more without its weight and group, {@code (long hair:1.2)} as {@code long_hair}. Blank
     * ones are passed over.
     *
     * @param tags as they are written in a prompt, one tag each
     * @return which are tags, aliases, unknown and blocked
     */
    TagCheck validate(Collection<String> tags);

    /**
     * The tag of a name or alias. A name wins over an alias; of two tags with one alias, the one with the higher count.
     *
     * @param written as {@link #validate} reads it
     * @return the tag; empty when there is none, or when it is blocked
     */
    Optional<Tag> find(String written);

    /**
     * Whether the deny list holds a name. Such a tag is in no answer but the blocked ones of {@link #validate}.
     *
     * @param written as it is written in a prompt
     * @return true when no positive prompt may hold it
     */
    boolean isBlocked(String written);

    /**
     * How the categories of its tags are numbered.
     *
     * @return the scheme
     */
    TagCategories categories();

    /**
     * How many tags there are.
     *
     * @return zero or more; 0 when the source cannot tell
     */
    long size();

    /**
     * Whether these are only the few tags that ship with GAZE: one that they do not know may well exist.
     *
     * @return false as soon as somebody has named a list, or a plugin brings one
     */
    default boolean onlyShipped() {
        return false;
    }

    /**
     * What was wrong with the list the tags come from, and did no more harm than the loss of a line.
     *
     * @return at most a few dozen; the last one counts the rest
     */
    List<Problem> warnings();
}
