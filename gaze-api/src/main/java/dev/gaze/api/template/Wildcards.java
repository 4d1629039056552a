package dev.gaze.api.template;

import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.Problem;
import java.util.List;

/**
 * The wildcards of a library, and templates made with them.
 *
 * <pre>{@code
 * gaze.wildcards().resolve("{cat|dog} on a __hue/warm__ sofa", new Seed(42), 3).texts();
 * }</pre>
 *
 * <p>Wildcards are files below {@code wildcards} in the library, and below the further folders that {@code gaze.json}
 * lists as {@code wildcards}; where several have the same path, the first folder wins. Files are looked at whenever a
 * template is used, and read again when size or time changed. Safe for use by several threads.
 */
public interface Wildcards {
    /** The most names of one suggestion. */
    int MOST_SUGGESTED = 1_000;

    /**
     * Writes a text as a template that gives this text and nothing else: for words of others that are no templates, such
     * as a language model's. Blanks and commas are tidied as in every template.
     *
     * @param text any text
     * @return the same text when nothing in it means anything to templates
     */
    static String literal(String text) {
        return text.replaceAll("[{}#$%]|__", "\\\\$0")
                .replaceAll("<(?=random|wildcard|wc|setvar|var|setmacro|macro|repeat|comment)", "<{}");
    }

    /**
     * The wildcard files (D29). Counts the entries of each, which reads large text files once.
     *
     * @return sorted by name, without broken ones
     */
    List<Wildcard> list();

    /**
     * What is wrong with the files: broken ones, links that leave their root, ids that stand twice, references in a
     * circle. All other files work.
     *
     * @return each with file and line, as far as known
     */
    List<Problem> problems();

    /**
     * Resolves a template at random (D30).
     *
     * @param template the template
     * @param seed where draws start; result n uses {@code seed + n}
     * @param count how many results, 1 … {@value TemplateRequest#MOST}
     * @return the results, with LoRAs linked to what was used
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when the template is malformed, with the offset, when
     *     it refers to itself, or nests more than 100 levels; {@code REFUSED} when one result grows beyond all measure
     */
    default Resolutions resolve(String template, Seed seed, int count) {
        return resolve(TemplateRequest.of(template).seed(seed).count(count));
    }

    /**
     * Resolves a template.
     *
     * @param request the template, and how to choose
     * @return the results, with LoRAs linked to what was used
     * @throws dev.gaze.api.problem.GazeException as {@link #resolve(String, Seed, int)}; in strict requests also when a
     *     variable is not set
     */
    Resolutions resolve(TemplateRequest request);

    /**
     * Names for somebody who is typing one (D18).
     *
     * @param written what there is of a name so far; case makes no difference, may be empty
     * @param most how many at most, 1 … {@value #MOST_SUGGESTED}
     * @return names as templates write them: those that begin so, then those of which a part or word does, then those that
     *     hold it anywhere; the ones that most pictures used first
     */
    List<String> suggest(String written, int most);

    /**
     * The versions of a wildcard file (D51).
     *
     * @param name its path as templates write it, with or without extension
     * @return newest first, the current one included
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when there is no such file, with the nearest names;
     *     {@code REFUSED} when the name leads out of the root
     */
    List<WildcardVersion> versions(String name);

    /**
     * The text of a version.
     *
     * @param version one of {@link #versions}
     * @return the whole file, read as UTF-8
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when it is gone; {@code REFUSED} when it is larger
     *     than 8 MB
     */
    String text(WildcardVersion version);

    /**
     * Saves a wildcard file. The text that stood there is kept as a version; of two who save at once both texts stay,
     * and the later is current.
     *
     * @param name its path; without extension that of the file there is, else a new text file
     * @param content its new text; YAML and JSON must be readable
     * @return the new version
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when the text is no YAML or JSON; {@code REFUSED} when
     *     the name leads out of the root, the text is larger than 8 MB or the library is open read-only
     */
    WildcardVersion save(String name, String content);

    /**
     * Reads all files again, whatever they look like from outside.
     *
     * @return the {@link #problems} found
     */
    List<Problem> reload();
}
