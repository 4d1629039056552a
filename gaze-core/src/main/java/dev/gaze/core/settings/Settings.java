package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.core.preset.PresetSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gaze.json} says, checked and with its paths resolved.
 *
 * @param servers the servers it names; empty when it names none
 * @param modelRoots ComfyUI's model folders on this machine, by name
 * @param defaultCheckpoint name below the {@code checkpoints} folder; null for none
 * @param folders folders that do not lie where they usually do, by name: {@code data} and {@code uploads}, resolved
 *     against the library, and categories, resolved against the data folder
 * @param limits how much and how long
 * @param tags the list of tags to use, and how it numbers categories
 * @param presets which presets are offered
 * @param writer how prompts are written
 * @param llm the language model
 * @param toolServers the MCP servers whose tools it may call
 * @param wildcards further folders of wildcards, resolved against the library
 * @param database the server that several processes share; null for a file of the library's own
 * @param warnings what is probably a slip, but does no harm
 */
public record Settings(
        List<ServerSettings> servers,
        Map<String, List<Path>> modelRoots,
        @Nullable String defaultCheckpoint,
        Map<String, Path> folders,
        Limits limits,
        TagList tags,
        PresetSettings presets,
        WriterSettings writer,
        ChatSettings llm,
        List<ToolServer> toolServers,
        List<Path> wildcards,
        @Nullable DatabaseSettings database,
        List<Problem> warnings) {
    /**
     * The list of tags to use.
     *
     * @param file where it lies; null for the one GAZE ships with
     * @param categories how it numbers its categories
     */
    public record TagList(@Nullable Path file, TagCategories categories) {}

    /** The name of the folder of asset files. */
    public static final String DATA = "data";
    /** The name of the folder of images. */
    public static final String UPLOADS = "uploads";
    /** The name of the folder of the user's presets. */
    public static final String PRESETS = "presets";
    /** The name of the folder of instructions for language models. */
    public static final String INSTRUCTIONS = "instructions";
    /** The name of the folder of wildcards, and of the setting that lists further ones. */
    public static final String WILDCARDS = "wildcards";
    /** The name of the folder of workflow templates. */
    public static final String WORKFLOWS = "workflows";

    /** Copies the collections. */
    public Settings {
        servers = List.copyOf(servers);
        modelRoots = Map.copyOf(modelRoots);
        folders = Map.copyOf(folders);
        toolServers = List.copyOf(toolServers);
        wildcards = List.copyOf(wildcards);
        warnings = List.copyOf(warnings);
    }

    /**
     * Where a folder of the library lies.
     *
     * @param name {@link #DATA} or {@link #UPLOADS}
     * @param library the folder of the library
     * @return what the file says, or the folder of that name in the library
     */
    public Path folder(String name, Path library) {
        return folders.getOrDefault(name, library.resolve(name));
    }
}
