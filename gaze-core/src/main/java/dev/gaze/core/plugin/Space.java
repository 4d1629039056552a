package dev.gaze.core.plugin;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.author.AuthorSource;
import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.chat.ChatBackend;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.tag.TagSource;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.api.writer.PromptTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The spaces of names: within one, a name stands once. Each belongs to a type of extension. */
enum Space {
    BLOCK(Block.class, "prompt block", "blocks"),
    CATEGORY(Category.class, "category", "categories"),
    SLOT(LoraSlot.class, "LoRA slot", "slots"),
    STAGE(PromptStage.class, "prompt stage", "stages"),
    PATCH(WorkflowPatch.class, "workflow patch", "patches"),
    BACKEND(RenderBackend.class, "backend", "backends"),
    WIRER(WorkflowWirer.class, "workflow wirer", "wirers"),
    TAGS(TagSource.class, "tag source", "tag sources"),
    AUTHORS(AuthorSource.class, "author source", "author sources"),
    CHAT(ChatBackend.class, "chat backend", "chat backends"),
    TOOL(ChatTool.class, "chat tool", "chat tools"),
    TOOLS(ChatToolSource.class, "tool source", "tool sources"),
    PRESETS(PresetProvider.class, "preset category", "preset categories"),
    TARGETS(PromptTarget.class, "prompt target", "prompt targets");

    private final Class<? extends Extension> type;
    private final String label;
    private final String plural;

    Space(Class<? extends Extension> type, String label, String plural) {
        this.type = type;
        this.label = label;
        this.plural = plural;
    }

    /** The spaces an extension has its name in: one, unless it is several things at once; none when it is unknown. */
    static List<Space> of(Extension extension) {
        return Arrays.stream(values())
                .filter(space -> space.type.isInstance(extension))
                .toList();
    }

    /** As it stands within a sentence: {@code LoRA slot 'pose'}. */
    String name(String id) {
        return label + " '" + id + "'";
    }

    /** As it opens a sentence: {@code Category 'pose'}. */
    String title(String id) {
        return capital(name(id));
    }

    /** As it opens a list: {@code Slots}. */
    String plural() {
        return capital(plural);
    }

    static String types() {
        return Arrays.stream(values())
                .map(space -> space.type.getSimpleName())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Where an extension wants to stand; asked of the plugin's own code where the type leaves it to the plugin. */
    static Position positionOf(Extension extension) {
        if (extension instanceof Block block) {
            return block.position();
        }
        if (extension instanceof Category category) {
            return category.position();
        }
        if (extension instanceof LoraSlot slot) {
            return slot.position();
        }
        if (extension instanceof PromptStage stage) {
            return stage.position();
        }
        return extension instanceof WorkflowPatch patch ? patch.position() : Position.ANYWHERE;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
