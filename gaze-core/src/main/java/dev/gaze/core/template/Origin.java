package dev.gaze.core.template;

import org.jspecify.annotations.Nullable;

/**
 * Where a text stands. Each list of a wildcard library has one, told apart by identity: an entry that is reached from
 * within another entry of the same list refers to itself.
 *
 * @param name the list, for messages
 * @param folder the folder of its file below the root, where relative references are looked up; empty at the root
 * @param node the object whose lists {@code [brackets]} mean; null where brackets are plain text
 */
public record Origin(String name, String folder, @Nullable String node) {
    /** Of what stands in no wildcard file. */
    public static final Origin TEMPLATE = new Origin("template", "", null);
}
