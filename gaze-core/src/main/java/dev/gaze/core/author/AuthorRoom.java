package dev.gaze.core.author;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.author.Author;
import dev.gaze.api.author.AuthorDesk;
import dev.gaze.api.author.AuthorSource;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.plan.Models;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCatalogue;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gives authors their desks.
 *
 * @param sources who writes; the first one is asked
 * @param all the assets of every category
 * @param models the model files of this machine
 * @param tags gives the tag catalogue
 * @param llm gives the language model
 * @param tools gives what it may call
 */
public record AuthorRoom(
        List<AuthorSource> sources,
        List<AssetRepository> all,
        Models models,
        Supplier<TagCatalogue> tags,
        Supplier<Llm> llm,
        Supplier<List<ChatTool>> tools) {

    /**
     * The author of a category.
     *
     * @param assets what it writes
     * @return the author
     * @throws GazeException {@code NOT_FOUND} when nobody writes
     */
    public Author author(AssetRepository assets) {
        return sources.stream()
                .findFirst()
                .map(source -> source.author(new AuthorDesk(assets, all, models, tags, llm, tools)))
                .orElseThrow(() -> new GazeException(
                        Kind.NOT_FOUND,
                        Problem.of("Nobody here writes assets").fix("put dev.gaze:gaze-llm beside gaze-core")));
    }
}
