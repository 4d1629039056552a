package dev.gaze.core.plan;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Block;
import dev.gaze.api.plan.LoraPolicy;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.core.prompt.PartOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers the LoRAs of a picture into a chain: slot by slot, within a slot by the priority of its categories, within a
 * category in the order of choice; then those that were named inside the words. While an asset stands in for another
 * and names a file, the other's file is left out under either policy. Used once.
 */
final class LoraChain {
    /** The slot of LoRAs that were named inside the words. */
    static final String PROMPT_SLOT = "prompt";

    private final Cast cast;
    private final List<PlannedLora> loras = new ArrayList<>();
    private final Map<Cast.Member, LoraRef> used = new IdentityHashMap<>(); // equality would compare whole files
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Problem> mistakes = new ArrayList<>();

    LoraChain(Cast cast) {
        this.cast = cast;
    }

    /** Adds what the assets name. */
    LoraChain assets(List<LoraSlot> slots, LoraPolicy policy) {
        for (LoraSlot slot : slots) {
            fill(slot, policy);
        }
        for (Cast.Member member : cast.members()) {
            boolean hasSlot = slots.stream()
                    .anyMatch(
                            slot -> slot.categories().contains(member.category().id()));
            if (!hasSlot && policy == LoraPolicy.STACK_ALL) {
                add(member.category().id(), member);
            } else if (!hasSlot) {
                lora(member)
                        .ifPresent(lora -> warnings.add(Problem.of(
                                        "LoRA '%s' is not used: no slot is filled by category '%s'"
                                                .formatted(
                                                        lora.file(),
                                                        member.category().id()))
                                .at(key(member).toString())
                                .fix("declare a LoraSlot for it, or chain every LoRA with LoraPolicy.STACK_ALL")));
            }
        }
        return this;
    }

    /** Adds what was named inside the words. */
    LoraChain words(List<PromptPart> parts) {
        for (PromptPart part : parts) {
            if (part.target() == PromptPart.Target.LORA) {
                named(part);
            }
        }
        return this;
    }

    /**
     * The chain.
     *
     * @throws GazeException when assets name files or strengths that are not accepted, with all of them
     */
    List<PlannedLora> loras() {
        if (!mistakes.isEmpty()) {
            throw new GazeException(Kind.INVALID, null, mistakes);
        }
        return List.copyOf(loras);
    }

    /** What was passed over, and what is unusual about the chain. */
    List<Problem> warnings() {
        List<Problem> all = new ArrayList<>(warnings);
        Map<String, PlannedLora> byFile = new HashMap<>();
        for (PlannedLora planned : loras) {
            LoraRef lora = planned.lora();
            if (lora.modelStrength() > 1 || lora.clipStrength() > 1) {
                all.add(Problem.of("LoRA '%s' is applied with strength %s; above 1.0 it often spoils the picture"
                                .formatted(lora.file(), Math.max(lora.modelStrength(), lora.clipStrength())))
                        .at(planned.asset().toString())
                        .fix("0.3 to 1.0 is usual"));
            }
            PlannedLora first = byFile.putIfAbsent(lora.file(), planned);
            if (first != null) {
                all.add(Problem.of("LoRA '%s' is applied twice; its strengths add up to %s"
                                .formatted(lora.file(), first.lora().modelStrength() + lora.modelStrength()))
                        .at(first.asset() + " and " + planned.asset())
                        .fix("name it once"));
            }
        }
        return all;
    }

    private void fill(LoraSlot slot, LoraPolicy policy) {
        for (String category : slot.categories()) {
            for (Cast.Member member : cast.members()) {
                boolean added = member.category().id().equals(category) && add(slot.id(), member);
                if (added && policy == LoraPolicy.SLOTS) {
                    return;
                }
            }
        }
    }

    private boolean add(String slot, Cast.Member member) {
        if (used.containsKey(member) || isStoodInFor(member)) {
            return false;
        }
        Optional<LoraRef> lora = lora(member);
        lora.ifPresent(found -> {
            loras.add(new PlannedLora(slot, found, key(member)));
            used.put(member, found);
        });
        return lora.isPresent();
    }

    private boolean isStoodInFor(Cast.Member member) {
        for (Cast.Member other : cast.members()) {
            Optional<String> replaced = other.category().insteadOf();
            if (replaced.isPresent()
                    && replaced.get().equals(member.category().id())
                    && lora(other).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<LoraRef> lora(Cast.Member member) {
        try {
            return LoraRef.in(member.asset().data(), member.category().loraWeight());
        } catch (IllegalArgumentException wrong) {
            Problem mistake = Problem.of(String.valueOf(wrong.getMessage()))
                    .at(key(member).toString())
                    .fix("correct the lora section of its file");
            if (!mistakes.contains(mistake)) {
                mistakes.add(mistake);
            }
            return Optional.empty();
        }
    }

    private void named(PromptPart part) {
        AssetKey asset = part.asset() != null
                ? part.asset()
                : cast.filedUnder().map(LoraChain::key).orElse(null);
        String place = PartOrigin.of(part);
        try {
            LoraRef lora = LoraTag.read(part.text());
            if (part.block().equals(Block.NEGATIVE)) {
                warnings.add(Problem.of("%s stands in a negative and is not loaded".formatted(part.text()))
                        .at(place)
                        .fix("move it to the positive words, with a strength below 0 to push away from it"));
            } else if (asset == null) {
                warnings.add(
                        Problem.of("%s is not loaded: no asset is chosen that could bring it".formatted(part.text()))
                                .at(place)
                                .fix("name it in the lora section of an asset and choose that"));
            } else {
                loras.add(new PlannedLora(PROMPT_SLOT, lora, asset));
            }
        } catch (IllegalArgumentException wrong) {
            warnings.add(Problem.of("%s is not loaded: %s".formatted(part.text(), wrong.getMessage()))
                    .at(place)
                    .fix("write it like <lora:name:0.8>"));
        }
    }

    private static AssetKey key(Cast.Member member) {
        return member.asset().key();
    }
}
