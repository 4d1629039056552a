package dev.gaze.api.plugin;

/**
 * One thing a plugin adds. GAZE knows these: {@code Category}, {@code LoraSlot}, {@code PromptStage},
 * {@code WorkflowPatch}, {@code WorkflowWirer}, {@code RenderBackend}, {@code TagSource}, {@code ChatBackend},
 * {@code ChatTool}, {@code ChatToolSource}, {@code PresetProvider}, {@code AuthorSource}, {@code PromptTarget}; an
 * extension of a type it does not know is reported as a problem.
 */
public interface Extension {

    /**
     * The name of this extension within its space (blocks, slots, categories, stages, patches …).
     *
     * @return letters, digits, {@code _}, {@code -} and {@code .}; the same at every call
     */
    String id();
}
