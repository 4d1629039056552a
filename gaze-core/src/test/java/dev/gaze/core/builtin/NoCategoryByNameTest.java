package dev.gaze.core.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A category is data: outside this package no code of the engine names one, nor its folder. Text between quotes counts,
 * comments do not.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoCategoryByNameTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/gaze/core");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$|\\s// .*$");

    /** Words that are names of categories, and something else where they stand. */
    private static final List<String> ANOTHER_MEANING = List.of(
            // keys of the file beside an asset: the active outfit of a wardrobe, and what was chosen last (G151)
            "StateJson.java: outfit",
            "StateJson.java: character",
            "StateJson.java: action",
            // ComfyUI's name of a model folder, which the API's Models speaks of
            "ModelFiles.java: checkpoints",
            // keys of the record inside an image: settings of the checkpoint, the outfit that was worn
            "MadeWith.java: checkpoint",
            "MadeWith.java: outfit");

    @Test
    @Tag("G150")
    @Tag("G5")
    void no_code_outside_the_builtin_package_names_a_category() throws IOException {
        List<String> names = new BuiltinPlugin()
                .extensions().stream()
                        .filter(Category.class::isInstance)
                        .map(Category.class::cast)
                        .flatMap(category -> Stream.of(category.id(), category.folder(), category.idKey()))
                        .toList();
        assertThat(names).hasSize(24).contains("character", "characters", "character_id", "clothing");

        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            Matcher literals =
                    LITERAL.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""));
            while (literals.find()) {
                if (names.contains(literals.group(1))) {
                    found.add(file.getFileName() + ": " + literals.group(1));
                }
            }
        }

        assertThat(found).isSubsetOf(ANOTHER_MEANING);
    }

    private static List<Path> sources() throws IOException {
        assertThat(SOURCES).isDirectory();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("builtin")))
                    .collect(Collectors.toList());
        }
    }
}
