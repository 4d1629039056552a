package dev.gaze.llm;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.llm.author.ModelAuthors;
import dev.gaze.llm.loop.ModelBackend;
import dev.gaze.llm.mcp.McpTools;
import dev.gaze.llm.tag.ListSource;
import dev.gaze.llm.tool.TagTools;
import java.util.List;

/** Brings words from outside: language models, the tag catalogue, and authors that use both. */
public final class LlmPlugin implements GazePlugin {

    /** Made by ServiceLoader. */
    public LlmPlugin() {}

    @Override
    public String id() {
        return "gaze.llm";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(new ModelBackend(), new ListSource(), new TagTools(), new McpTools(), new ModelAuthors());
    }
}
