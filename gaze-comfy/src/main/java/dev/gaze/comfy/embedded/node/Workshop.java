package dev.gaze.comfy.embedded.node;

import dev.gaze.comfy.embedded.definition.ModelShelves;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.picture.Lettering;
import java.time.ZonedDateTime;
import java.util.function.Supplier;

/**
 * What every node may use.
 *
 * @param folders where images live
 * @param shelves which models there are
 * @param lettering how words are drawn; asked when the first sketch is drawn
 * @param now the time for file names
 * @param separator the server's path separator
 */
public record Workshop(
        ServerFolders folders,
        ModelShelves shelves,
        Supplier<Lettering> lettering,
        Supplier<ZonedDateTime> now,
        char separator) {}
