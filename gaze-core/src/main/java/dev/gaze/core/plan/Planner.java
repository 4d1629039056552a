package dev.gaze.core.plan;

import dev.gaze.api.Preview;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.LoraPolicy;
import dev.gaze.api.plan.Models.BaseModel;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.SamplerSettings;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.prompt.BaseStage;
import dev.gaze.core.prompt.ChosenCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything about a picture that is not words: the LoRA chain, the settings, the seeds. Safe for use by several
 * threads.
 */
public final class Planner {
    private static final int LARGE_FOR_SD15 = 768;

    private final Installed installed;
    private final RandomGenerator random;
    private final ModelFiles files;

    /**
     * A planner that knows no model files.
     *
     * @param installed what the plugins declare
     * @param random where seeds come from; guarded by its own monitor, so it may be shared
     */
    public Planner(Installed installed, RandomGenerator random) {
        this(installed, random, new ModelFiles(Map.of()));
    }

    /**
     * A planner.
     *
     * @param installed what the plugins declare
     * @param random where seeds come from; guarded by its own monitor, so it may be shared
     * @param files the model files on this machine, for warnings about those that do not fit together
     */
    public Planner(Installed installed, RandomGenerator random, ModelFiles files) {
        this.installed = installed;
        this.random = random;
        this.files = files;
    }

    /**
     * The LoRAs the assets of a cast bring.
     *
     * @param cast the assets
     * @param policy one for each slot, or all
     * @return in the order in which they are applied
     * @throws GazeException when assets name files or strengths that are not accepted, with all of them
     */
    public List<PlannedLora> loras(Cast cast, LoraPolicy policy) {
        return new LoraChain(cast).assets(installed.slots(), policy).loras();
    }

    /**
     * The words and the LoRA chain of a request, those LoRAs included that were named inside the words.
     *
     * @param request what is wanted
     * @param cast the assets behind it
     * @param prompt its words
     * @return words, chain and warnings
     * @throws GazeException as {@link #loras}
     */
    public Preview preview(GenerationRequest request, Cast cast, Prompt prompt) {
        LoraChain chain = chain(request, cast, prompt);
        return new Preview(prompt, chain.loras(), warnings(request, cast, prompt, chain));
    }

    /**
     * Resolves everything. Seeds that are not given are drawn.
     *
     * @param request what is wanted
     * @param cast the assets behind it
     * @param prompt its words
     * @return the plan, with the warnings of the prompt and its own
     * @throws GazeException as {@link #loras}, or when nothing at all was asked for
     */
    public RenderPlan plan(GenerationRequest request, Cast cast, Prompt prompt) {
        return plan(request, cast, prompt, seeds(request));
    }

    /**
     * Resolves everything but the seeds.
     *
     * @param request what is wanted
     * @param cast the assets behind it
     * @param prompt its words
     * @param seeds as {@link #seeds} drew them
     * @return the plan, with the warnings of the prompt and its own
     * @throws GazeException as {@link #loras}, or when nothing at all was asked for
     */
    public RenderPlan plan(GenerationRequest request, Cast cast, Prompt prompt, Map<String, Seed> seeds) {
        requireSomething(request, prompt);
        LoraChain chain = chain(request, cast, prompt);
        CheckpointSettings checkpoint =
                ChosenCheckpoint.in(cast).map(ChosenCheckpoint::settings).orElse(null);
        return new RenderPlan(
                prompt,
                chain.loras(),
                checkpoint,
                sampler(request.settings(), checkpoint),
                request.settings().size(),
                seeds,
                request.settings().missing(),
                null,
                warnings(request, cast, prompt, chain));
    }

    private static void requireSomething(GenerationRequest request, Prompt prompt) {
        boolean words = prompt.parts().stream()
                .anyMatch(part ->
                        part.target() != Target.NEGATIVE && !part.block().equals(BaseStage.ID));
        if (request.selection().assets().isEmpty() && !words) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("Nothing is asked for: no asset is chosen and no words are given")
                            .fix("choose an asset, such as a character, or give words of your own"));
        }
    }

    private LoraChain chain(GenerationRequest request, Cast cast, Prompt prompt) {
        return new LoraChain(cast)
                .assets(installed.slots(), request.settings().loras())
                .words(prompt.parts());
    }

    /** The request's word counts most, then the checkpoint's; null leaves what the template says. */
    private static @Nullable SamplerSettings sampler(
            GenerationRequest.Settings wanted, @Nullable CheckpointSettings checkpoint) {
        if (checkpoint == null && !asksForSampling(wanted)) {
            return null;
        }
        SamplerSettings base = checkpoint == null ? SamplerSettings.DEFAULT : checkpoint.sampler();
        return new SamplerSettings(
                wanted.steps() == null ? base.steps() : wanted.steps(),
                wanted.cfg() == null ? base.cfg() : wanted.cfg(),
                wanted.sampler() == null ? base.sampler() : wanted.sampler(),
                wanted.scheduler() == null ? base.scheduler() : wanted.scheduler());
    }

    private static boolean asksForSampling(GenerationRequest.Settings wanted) {
        return wanted.steps() != null || wanted.cfg() != null || wanted.sampler() != null || wanted.scheduler() != null;
    }

    /**
     * The seeds of a request: the one it names, else one drawn for each role.
     *
     * @param request what is wanted
     * @return one for each role of {@link RenderPlan#seeds}
     */
    public Map<String, Seed> seeds(GenerationRequest request) {
        Seed given = request.settings().seed();
        synchronized (random) { // shared with whoever else draws from it
            return Map.of(
                    RenderPlan.SAMPLER, seed(given),
                    RenderPlan.FACE_DETAILER, seed(given),
                    RenderPlan.HAND_DETAILER, seed(given));
        }
    }

    private Seed seed(@Nullable Seed given) {
        return given == null ? Seed.draw(random) : given;
    }

    private List<Problem> warnings(GenerationRequest request, Cast cast, Prompt prompt, LoraChain chain) {
        List<Problem> warnings = new ArrayList<>(prompt.warnings());
        warnings.addAll(chain.warnings());
        Optional<CheckpointSettings> checkpoint = ChosenCheckpoint.in(cast).map(ChosenCheckpoint::settings);
        if (checkpoint.isEmpty() && asksForSampling(request.settings())) {
            warnings.add(Problem.of("No checkpoint is chosen; sampler settings that are not given are %s"
                            .formatted(SamplerSettings.DEFAULT))
                    .fix("choose a checkpoint, or give all of steps, cfg, sampler and scheduler"));
        }
        checkpoint
                .flatMap(settings -> files.baseOfCheckpoint(settings.path()))
                .ifPresent(base -> fit(base, request.settings().size(), chain.loras(), warnings));
        return warnings;
    }

    private void fit(BaseModel base, @Nullable Size size, List<PlannedLora> loras, List<Problem> warnings) {
        if (base == BaseModel.SD15 && size != null && Math.max(size.width(), size.height()) > LARGE_FOR_SD15) {
            warnings.add(Problem.of("%s is large for Stable Diffusion 1.5, which repeats itself above %d pixels"
                            .formatted(size, LARGE_FOR_SD15))
                    .fix("512x512, 512x720 or 720x512 are common"));
        }
        for (PlannedLora planned : loras) {
            String file = planned.lora().file();
            files.check(file)
                    .base()
                    .filter(made -> made != base)
                    .ifPresent(made -> warnings.add(
                            Problem.of("LoRA '%s' is made for %s, the checkpoint is %s".formatted(file, made, base))
                                    .at(planned.asset().toString())
                                    .fix("choose a LoRA made for " + base)));
        }
    }
}
