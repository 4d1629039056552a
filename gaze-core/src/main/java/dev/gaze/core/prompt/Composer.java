package dev.gaze.core.prompt;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.prompt.Selection;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.plugin.Stages;
import dev.gaze.core.template.WildcardSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Turns a selection into a cast, and a cast into a prompt, by the stages {@link PromptStage} lists. The same selection,
 * cast and template texts give the same prompt. Safe for use by several threads.
 */
public final class Composer {
    /** The longest text that is composed, in characters (requirement group 10). */
    public static final int LONGEST = 20_000;

    private final Casting casting;
    private final List<PromptStage> writing;
    private final ExtrasStage extras;
    private final DenyListStage denied;
    private final Supplier<WildcardSource> wildcards;
    private final RandomGenerator random;
    private final CrossDedup crossDedup = new CrossDedup();

    /**
     * A composer for a library without wildcards.
     *
     * @param installed what the plugins declare
     * @param assets gets an asset by its key; throws {@code NOT_FOUND} with the nearest names
     * @param pick picks a random asset of a category; empty when there are none
     * @param random where random picks come from; guarded by its own monitor, so it may be shared
     */
    public Composer(
            Installed installed,
            Function<AssetKey, Asset> assets,
            BiFunction<String, RandomGenerator, Optional<Asset>> pick,
            RandomGenerator random) {
        this(installed, assets, pick, random, () -> WildcardSource.NONE);
    }

    /**
     * A composer for one library.
     *
     * @param installed what the plugins declare
     * @param assets gets an asset by its key; throws {@code NOT_FOUND} with the nearest names
     * @param pick picks a random asset of a category; empty when there are none
     * @param random where random picks come from; guarded by its own monitor, so it may be shared
     * @param wildcards asked by each composition that has templates
     */
    public Composer(
            Installed installed,
            Function<AssetKey, Asset> assets,
            BiFunction<String, RandomGenerator, Optional<Asset>> pick,
            RandomGenerator random,
            Supplier<WildcardSource> wildcards) {
        this.random = random;
        this.wildcards = wildcards;
        casting = new Casting(installed, assets, pick, random);
        Layouts layouts = new Layouts(installed);
        extras = new ExtrasStage(layouts);
        denied = new DenyListStage(DenyList.shipped());
        writing = inOrder(
                List.of(
                        new FieldsStage(layouts),
                        extras,
                        new PlusStage(),
                        new BackgroundStage(),
                        new BaseStage(),
                        new TemplateStage()),
                installed.stages());
    }

    /**
     * Starts a prompt without a default checkpoint.
     *
     * @return a builder with nothing chosen
     */
    public PromptBuilder builder() {
        return builder(Optional::empty);
    }

    /**
     * Starts a prompt.
     *
     * @param defaultCheckpoint asked at every build for the checkpoint used when none is chosen
     * @return a builder with nothing chosen
     */
    public PromptBuilder builder(Supplier<Optional<Cast.Member>> defaultCheckpoint) {
        return Choices.nothing(this, defaultCheckpoint, this::drawn);
    }

    /**
     * Finds the assets of a selection.
     *
     * @param selection what is wanted
     * @param defaultCheckpoint joins when the selection names no checkpoint
     * @return the assets, each with its part
     * @throws GazeException with every problem found: a name that does not exist, two assets of a category that allows
     *     one
     */
    public Cast cast(Selection selection, Optional<Cast.Member> defaultCheckpoint) {
        return cast(
                selection.assets().stream().map(Casting.Named::new).toList(), selection.madeFor(), defaultCheckpoint);
    }

    Cast cast(
            List<? extends Casting.Wish> wishes, @Nullable AssetKey madeFor, Optional<Cast.Member> defaultCheckpoint) {
        return casting.cast(wishes, madeFor, defaultCheckpoint);
    }

    /**
     * Composes the words, with a seed that is drawn if there are templates among them.
     *
     * @param selection what is wanted
     * @param cast the assets behind it
     * @param literals what the workflow template itself says
     * @return the finished words
     * @throws GazeException as {@link #compose(Selection, Cast, LiteralTexts, LongSupplier)}
     */
    public Prompt compose(Selection selection, Cast cast, LiteralTexts literals) {
        return compose(selection, cast, literals, this::drawn);
    }

    private long drawn() {
        synchronized (random) { // shared with whoever else draws from it
            return random.nextLong();
        }
    }

    /**
     * Composes the words.
     *
     * @param selection what is wanted
     * @param cast the assets behind it
     * @param literals what the workflow template itself says
     * @param seed what templates draw with; asked once, and only if there are any
     * @return the finished words
     * @throws GazeException when a template is malformed, a positive text holds a name of the deny list, a text is longer
     *     than {@link #LONGEST}, or a stage of a plugin fails
     */
    public Prompt compose(Selection selection, Cast cast, LiteralTexts literals, LongSupplier seed) {
        return compose(selection, cast, literals, seed, used -> {});
    }

    /**
     * Composes the words, and tells which wildcards had a part in them.
     *
     * @param selection what is wanted
     * @param cast the assets behind it
     * @param literals what the workflow template itself says
     * @param seed what templates draw with; asked once, and only if there are any
     * @param used told the wildcards of a prompt that is finished
     * @return the finished words
     * @throws GazeException as {@link #compose(Selection, Cast, LiteralTexts, LongSupplier)}
     */
    public Prompt compose(
            Selection selection,
            Cast cast,
            LiteralTexts literals,
            LongSupplier seed,
            Consumer<Collection<String>> used) {
        Expansion expansion = new Expansion(wildcards, seed);
        Draft draft = withoutPicks(Draft.of(selection, cast, literals));
        for (PromptStage stage : writing) {
            draft = apply(stage, draft, expansion);
        }
        for (Problem warning : expansion.warnings()) {
            draft = draft.warn(warning);
        }
        requireShort(draft);
        for (Problem warning : ForeignSyntax.warnings(draft.parts())) {
            draft = draft.warn(warning);
        }
        Prompt prompt = crossDedup.apply(denied.apply(draft)).finish();
        used.accept(expansion.used());
        return prompt;
    }

    /** Tells of random picks that found nobody. */
    private static Draft withoutPicks(Draft draft) {
        Draft told = draft;
        for (AssetKey key : draft.selection().assets()) {
            boolean picked = !key.slug().equals(AssetRepository.RANDOM)
                    || draft.cast().members().stream()
                            .anyMatch(member -> member.category().id().equals(key.category()));
            if (!picked) {
                told = told.warn(Problem.of("There is no %s to pick from".formatted(key.category()))
                        .at(key.toString())
                        .fix("add one to the library"));
            }
        }
        return told;
    }

    /** The words of all wishes as extras. */
    String extras(Selection selection, List<? extends Casting.Wish> wishes, LongSupplier seed) {
        Draft draft = extras.apply(
                Draft.of(selection, casting.extras(wishes), LiteralTexts.NONE), new Expansion(wildcards, seed));
        requireShort(draft);
        return denied.apply(draft).text(Target.MAIN);
    }

    /** GAZE's own and those of plugins, without the last two, which judge and change what all others have written. */
    private static List<PromptStage> inOrder(List<PromptStage> own, List<PromptStage> plugins) {
        Map<String, PromptStage> byName = new HashMap<>();
        plugins.forEach(stage -> byName.put(stage.id(), stage));
        own.forEach(stage -> byName.put(stage.id(), stage));
        return Stages.order(plugins).stream()
                .filter(byName::containsKey)
                .map(byName::get)
                .toList();
    }

    private static Draft apply(PromptStage stage, Draft draft, Expansion expansion) {
        try {
            return stage instanceof WordStage words ? words.apply(draft, expansion) : stage.apply(draft);
        } catch (GazeException refused) {
            throw refused;
        } catch (RuntimeException broken) {
            Problem problem = Problem.of("Prompt stage '%s' failed: %s".formatted(stage.id(), broken))
                    .at(stage.getClass().getName())
                    .fix("report it to its plugin, or leave the plugin out: Gaze.builder().without(…)");
            throw new GazeException(Kind.FAILED, null, List.of(problem), broken);
        }
    }

    private static void requireShort(Draft draft) {
        requireShort("positive", draft.positive());
        requireShort("negative", draft.negative());
        requireShort("face", draft.text(Target.FACE));
        requireShort("hand", draft.text(Target.HAND));
    }

    private static void requireShort(String name, String text) {
        if (text.length() > LONGEST) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("The %s text has %d characters; at most %d are composed"
                                    .formatted(name, text.length(), LONGEST))
                            .fix("choose fewer assets or fields"));
        }
    }
}
