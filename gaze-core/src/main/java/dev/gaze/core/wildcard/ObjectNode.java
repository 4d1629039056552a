package dev.gaze.core.wildcard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of a YAML or JSON file, which stands for the lists below it.
 *
 * @param path its keys below the folder of its file; null for the whole file
 * @param alias the same with the name of the file in front
 * @param lists what it stands for: those below its {@code templates} when it has any, else all
 */
record ObjectNode(@Nullable String path, String alias, List<WordList> lists) {

    ObjectNode {
        lists = List.copyOf(lists);
    }
}
