package dev.gaze.core.plugin;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.author.AuthorSource;
import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.chat.ChatBackend;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.tag.TagSource;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.api.writer.PromptTarget;
import java.util.List;
import java.util.Optional;

/**
 * Everything the installed plugins declare, checked and in order.
 *
 * @param categories in the order of extras
 * @param blocks in the order of the main prompt; {@code head} and {@code triggers} are always among them
 * @param slots in the order of the LoRA chain
 * @param stages those of plugins only, by id, not yet placed among GAZE's own
 * @param patches in the order in which they run
 * @param backends in the order in which they are asked for an address: those of others first, since GAZE's own takes
 *     whatever looks like a ComfyUI server
 * @param tagSources in the order in which they are asked: those of others first
 * @param authorSources in the order in which they are asked: those of others first
 * @param chatBackends in the order in which they are asked for a model server: those of others first
 * @param chatTools what models may call, GAZE's own first
 * @param presetProviders in reading order
 * @param promptTargets what prompts may be written for besides what GAZE knows
 * @param toolSources bring further tools, GAZE's own first
 * @param wirer who knows graphs; empty when gaze-comfy is not installed
 */
public record Installed(
        List<Category> categories,
        List<Block> blocks,
        List<LoraSlot> slots,
        List<PromptStage> stages,
        List<WorkflowPatch> patches,
        List<RenderBackend> backends,
        List<TagSource> tagSources,
        List<AuthorSource> authorSources,
        List<ChatBackend> chatBackends,
        List<ChatTool> chatTools,
        List<ChatToolSource> toolSources,
        List<PresetProvider> presetProviders,
        List<PromptTarget> promptTargets,
        Optional<WorkflowWirer> wirer) {

    /** Copies the lists. */
    public Installed {
        categories = List.copyOf(categories);
        blocks = List.copyOf(blocks);
        slots = List.copyOf(slots);
        stages = List.copyOf(stages);
        patches = List.copyOf(patches);
        backends = List.copyOf(backends);
        tagSources = List.copyOf(tagSources);
        authorSources = List.copyOf(authorSources);
        chatBackends = List.copyOf(chatBackends);
        chatTools = List.copyOf(chatTools);
        toolSources = List.copyOf(toolSources);
        presetProviders = List.copyOf(presetProviders);
        promptTargets = List.copyOf(promptTargets);
    }

    /**
     * Finds a category by name.
     *
     * @param name its id
     * @return the category; empty when no plugin declares it
     */
    public Optional<Category> category(String name) {
        return categories.stream()
                .filter(category -> category.id().equals(name))
                .findFirst();
    }
}
