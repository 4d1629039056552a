package dev.gaze.core.engine;

import dev.gaze.api.Preview;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.core.job.Prepared;
import dev.gaze.core.plan.Planner;
import dev.gaze.core.prompt.Composer;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a request that need no server, one behind the other: find the assets, compose the words, plan. Previews,
 * plans and jobs all go this way, so what one shows is what the other sends (G103).
 *
 * @param composer makes cast and words
 * @param planner decides everything else
 * @param checkpoint the default one
 * @param templates a template by its name
 * @param texts what a template itself says, by its name
 * @param uses told the wildcards that a picture uses
 */
record Steps(
        Composer composer,
        Planner planner,
        DefaultCheckpoint checkpoint,
        Function<String, WorkflowTemplate> templates,
        Function<String, LiteralTexts> texts,
        Consumer<Collection<String>> uses) {

    /** A request with its assets found and its words composed. */
    private record Composed(
            GenerationRequest request,
            Cast cast,
            Prompt prompt,
            Map<String, Seed> seeds,
            Optional<Cast.Member> byDefault) {}

    /** Templates draw with the seed of the main sampler, so that one number tells the whole picture. */
    private Composed compose(GenerationRequest request, Consumer<Collection<String>> used) {
        LiteralTexts literals = texts.apply(request.settings().template());
        Optional<Cast.Member> byDefault = checkpoint.member();
        Cast cast = composer.cast(request.selection(), byDefault);
        Map<String, Seed> seeds = planner.seeds(request);
        long seed = Objects.requireNonNull(seeds.get(RenderPlan.SAMPLER)).bits();
        Prompt prompt = composer.compose(request.selection(), cast, literals, () -> seed, used);
        return new Composed(request, cast, prompt, seeds, byDefault);
    }

    Preview preview(GenerationRequest request) {
        Composed composed = compose(request, nobody -> {});
        return planner.preview(request, composed.cast, composed.prompt);
    }

    RenderPlan plan(GenerationRequest request) {
        Composed composed = compose(request, nobody -> {});
        return planner.plan(request, composed.cast, composed.prompt, composed.seeds);
    }

    Prepared prepare(GenerationRequest request) {
        WorkflowTemplate template = templates.apply(request.settings().template());
        Composed composed = compose(request, uses);
        return new Prepared(
                request,
                planner.plan(request, composed.cast, composed.prompt, composed.seeds),
                template,
                filedUnder(composed));
    }

    /** A checkpoint that only joined because none was chosen is nobody's reason for the picture. */
    private static @Nullable AssetKey filedUnder(Composed composed) {
        Cast cast = composed.cast;
        return Optional.ofNullable(cast.madeFor())
                .or(cast::subject)
                .or(() -> cast.members().stream()
                        .filter(member -> !joined(member, composed))
                        .findFirst())
                .map(member -> member.asset().key())
                .orElse(null);
    }

    private static boolean joined(Cast.Member member, Composed composed) {
        AssetKey key = member.asset().key();
        boolean chosen = composed.request.selection().assets().stream()
                .anyMatch(asset -> asset.category().equals(key.category()));
        return !chosen
                && composed.byDefault
                        .filter(checkpoint -> checkpoint.asset().key().equals(key))
                        .isPresent();
    }
}
