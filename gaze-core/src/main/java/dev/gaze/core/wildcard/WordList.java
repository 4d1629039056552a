package dev.gaze.core.wildcard;

import dev.gaze.core.template.Pool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One list of entries, under the names that lead to it.
 *
 * @param path its path: that of a text file, or that of the keys below the folder of their file
 * @param alias the same with the name of the file in front of the keys; null for a file that is one list
 * @param pool its entries; read when first asked for
 */
record WordList(String path, @Nullable String alias, Supplier<Pool> pool) {}
