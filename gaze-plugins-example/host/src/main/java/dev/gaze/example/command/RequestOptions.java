package dev.gaze.example.command;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.plan.LoraPolicy;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.plan.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is wanted, as options. */
final class RequestOptions {
    @Option(
            names = "--for",
            paramLabel = "<category>=<slug>",
            converter = Converters.Choice.class,
            description = {
                "The asset the picture is made for, such as style=watercolour: it is filed under it.",
                "Without it, a free mix that is filed under its character."
            })
    private @Nullable AssetKey madeFor;

    @Option(names = "--character", paramLabel = "<slug>", description = "The character; __random__ picks one.")
    private @Nullable String character;

    @Option(
            names = "--with",
            paramLabel = "<category>=<slug>",
            converter = Converters.Choice.class,
            description = {
                "One more asset, such as outfit=raincoat. May be given again;",
                "the first of a category is merged with the character, further ones are extras."
            })
    private List<AssetKey> with = List.of();

    @Option(names = "--checkpoint", paramLabel = "<path>", description = "The checkpoint, by its path or slug.")
    private @Nullable String checkpoint;

    @Option(names = "--wearing", paramLabel = "<outfit>", description = "An outfit of the character's own wardrobe.")
    private @Nullable String wearing;

    @Option(
            names = "--only",
            paramLabel = "<section::key>",
            split = ",",
            description = "Only these fields, such as identity::hair.")
    private List<String> only = List.of();

    @Option(names = "--plus", paramLabel = "<words>", description = "Words at the end of the prompt.")
    private List<String> plus = List.of();

    @Option(names = "--negative", paramLabel = "<words>", description = "Words for the negative prompt.")
    private List<String> negative = List.of();

    @Option(
            names = "--size",
            paramLabel = "<width>x<height>",
            converter = Converters.Pixels.class,
            description = "In pixels, multiples of 8, such as 832x1216.")
    private @Nullable Size size;

    @Option(
            names = "--seed",
            paramLabel = "<number>",
            converter = Converters.SeedNumber.class,
            description = "Repeats a picture; without it one is drawn.")
    private @Nullable Seed seed;

    @Option(
            names = "--steps",
            paramLabel = "<number>",
            converter = Converters.Steps.class,
            description = "Sampler steps, 1 to 150.")
    private @Nullable Integer steps;

    @Option(
            names = "--cfg",
            paramLabel = "<number>",
            converter = Converters.Guidance.class,
            description = "Guidance, 0 to 30.")
    private @Nullable Double cfg;

    @Option(names = "--template", paramLabel = "<name>", description = "A workflow template of the library.")
    private @Nullable String template;

    @Option(names = "--stack-all", description = "Chains every chosen LoRA, not one for each slot.")
    private boolean stackAll;

    @Option(names = "--allow-missing", description = "Leaves out what the server lacks, with a warning.")
    private boolean allowMissing;

    @Option(names = "--preview", description = "Leaves the cover as it is.")
    private boolean preview;

    /**
     * The request.
     *
     * @param gaze the open library, which knows how checkpoints are named
     * @throws IllegalArgumentException when a value is out of its range
     */
    GenerationRequest request(Gaze gaze) {
        GenerationRequest request =
                madeFor == null ? GenerationRequest.mix() : GenerationRequest.of(madeFor.category(), madeFor.slug());
        if (character != null) {
            request = request.character(character);
        }
        for (AssetKey asset : with) {
            request = request.with(asset.category(), asset.slug());
        }
        if (checkpoint != null) {
            request = request.checkpoint(gaze.assets("checkpoint").category().slug(checkpoint));
        }
        if (!only.isEmpty()) {
            request = request.only(only.toArray(String[]::new));
        }
        for (String words : plus) {
            request = request.plus(words);
        }
        for (String words : negative) {
            request = request.negative(words);
        }
        request = wearing == null ? request : request.wearing(wearing);
        return settings(request);
    }

    private GenerationRequest settings(GenerationRequest request) {
        GenerationRequest changed = seed == null ? request : request.seed(seed);
        changed = size == null ? changed : changed.size(size.width(), size.height());
        changed = steps == null ? changed : changed.steps(steps);
        changed = cfg == null ? changed : changed.cfg(cfg);
        changed = template == null ? changed : changed.template(template);
        changed = stackAll ? changed.loras(LoraPolicy.STACK_ALL) : changed;
        changed = allowMissing ? changed.missing(Missing.LEAVE_OUT) : changed;
        return preview ? changed.preview() : changed;
    }
}
