package dev.gaze.core.prompt;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Category;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.api.prompt.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The builder people meet: a selection, and assets given as values.
 *
 * @param composer does the work
 * @param defaultCheckpoint asked at every build
 * @param selection what is chosen by name
 * @param given the assets given as values
 * @param texts what the workflow template itself says
 * @param seed what templates draw with
 */
record Choices(
        Composer composer,
        Supplier<Optional<Cast.Member>> defaultCheckpoint,
        Selection selection,
        List<GivenAsset> given,
        LiteralTexts texts,
        LongSupplier seed)
        implements PromptBuilder {

    /**
     * An asset given as a value.
     *
     * @param behind how many named assets were chosen in front of it
     * @param wish the asset
     */
    record GivenAsset(int behind, Casting.Given wish) {}

    Choices {
        given = List.copyOf(given);
    }

    static Choices nothing(Composer composer, Supplier<Optional<Cast.Member>> defaultCheckpoint, LongSupplier seed) {
        return new Choices(composer, defaultCheckpoint, Selection.NOTHING, List.of(), LiteralTexts.NONE, seed);
    }

    @Override
    public PromptBuilder with(Category category, Asset asset) {
        List<GivenAsset> more = new ArrayList<>(given);
        more.add(new GivenAsset(selection.assets().size(), new Casting.Given(category, asset)));
        return new Choices(composer, defaultCheckpoint, selection, more, texts, seed);
    }

    @Override
    public PromptBuilder selecting(Selection other) {
        return new Choices(composer, defaultCheckpoint, other, given, texts, seed);
    }

    @Override
    public PromptBuilder literals(LiteralTexts literals) {
        return new Choices(composer, defaultCheckpoint, selection, given, literals, seed);
    }

    @Override
    public PromptBuilder seed(long fixed) {
        return new Choices(composer, defaultCheckpoint, selection, given, texts, () -> fixed);
    }

    @Override
    public Cast cast() {
        return composer.cast(wishes(), selection.madeFor(), defaultCheckpoint.get());
    }

    @Override
    public Prompt build() {
        return composer.compose(selection, cast(), texts, seed);
    }

    @Override
    public String extras() {
        return composer.extras(selection, wishes(), seed);
    }

    /** Named and given assets in the order in which they were chosen. */
    private List<Casting.Wish> wishes() {
        List<AssetKey> named = selection.assets();
        List<Casting.Wish> wishes = new ArrayList<>();
        int next = 0;
        for (int i = 0; i <= named.size(); i++) {
            while (next < given.size() && (given.get(next).behind <= i || i == named.size())) {
                wishes.add(given.get(next++).wish);
            }
            if (i < named.size()) {
                wishes.add(new Casting.Named(named.get(i)));
            }
        }
        return wishes;
    }

    /** What has been chosen so far. */
    @Override
    public String toString() {
        return selection
                + (given.isEmpty()
                        ? ""
                        : " with " + given.stream().map(one -> one.wish.key()).toList());
    }
}
