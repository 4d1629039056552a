package dev.gaze.api.chat;

import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.time.Time;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a {@link ChatToolSource} may use of a library.
 *
 * @param tags gives the tags of the library; opens them when it is called, so call it from a tool, not before
 * @param servers the MCP servers the library names
 * @param time the clock and timer
 */
public record ToolSettings(Supplier<TagCatalogue> tags, List<ToolServer> servers, Time time) {
    /** Copies the list. */
    public ToolSettings {
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(time, "time");
        servers = List.copyOf(servers);
    }
}
