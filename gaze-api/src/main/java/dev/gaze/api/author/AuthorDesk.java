package dev.gaze.api.author;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.plan.Models;
import dev.gaze.api.tag.TagCatalogue;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What an author works with.
 *
 * @param assets the assets it writes
 * @param all the assets of every category, which may name model files too
 * @param models the model files of this machine
 * @param tags gives the tag catalogue, which knows the deny list
 * @param llm gives the language model
 * @param tools gives what it may call
 */
public record AuthorDesk(
        AssetRepository assets,
        List<AssetRepository> all,
        Models models,
        Supplier<TagCatalogue> tags,
        Supplier<Llm> llm,
        Supplier<List<ChatTool>> tools) {

    /** Copies the list. */
    public AuthorDesk {
        Objects.requireNonNull(assets, "assets");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(llm, "llm");
        Objects.requireNonNull(tools, "tools");
        all = List.copyOf(all);
    }
}
