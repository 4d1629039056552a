package dev.gaze.comfy.embedded.files;

import org.jspecify.annotations.Nullable;

/**
 * A file name that may say where the file is: {@code x.png [output]}.
 *
 * @param file the name alone
 * @param type {@code output}, {@code input}, {@code temp}; null when the name does not say
 */
public record AnnotatedName(String file, @Nullable String type) {
    /** Takes a name apart. */
    public static AnnotatedName of(String name) {
        for (String type : new String[] {ServerFolders.OUTPUT, ServerFolders.INPUT, ServerFolders.TEMP}) {
            if (name.endsWith("[" + type + "]")) {
                return new AnnotatedName(
                        name.substring(0, name.length() - type.length() - 2).stripTrailing(), type);
            }
        }
        return new AnnotatedName(name, null);
    }
}
