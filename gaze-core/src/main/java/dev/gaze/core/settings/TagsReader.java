package dev.gaze.core.settings;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads which list of tags to use.
 *
 * @param library what a path of the settings starts from
 * @param environment gives environment variables by name
 * @param findings gets what is wrong
 */
record TagsReader(Path library, Function<String, @Nullable String> environment, Findings findings) {
    static final String TAGS = "tags";
    static final String CATEGORIES = "tagCategories";

    Settings.TagList read(@Nullable JsonValue tags, @Nullable JsonValue categories) {
        return new Settings.TagList(tags == null ? byVariable() : bySetting(tags), numbering(categories));
    }

    private @Nullable Path bySetting(JsonValue tags) {
        if (tags instanceof JsonText text && !text.value().isBlank()) {
            return path(library, text.value(), "This");
        }
        wrong(TAGS, "'%s' is %s; expected the path of a list of tags".formatted(TAGS, tags.describe()), null);
        return null;
    }

    private @Nullable Path byVariable() {
        String given = environment.apply(TagSettings.VARIABLE);
        return given == null || given.isBlank()
                ? null
                : path(Path.of(""), given, "The environment variable " + TagSettings.VARIABLE);
    }

    private @Nullable Path path(Path base, String given, String what) {
        try {
            return base.resolve(given.strip()).toAbsolutePath().normalize();
        } catch (InvalidPathException unspeakable) {
            wrong(TAGS, what + " is no path: " + unspeakable.getReason(), "write the path of a list of tags");
            return null;
        }
    }

    private TagCategories numbering(@Nullable JsonValue categories) {
        if (categories instanceof JsonText text) {
            try {
                return TagCategories.named(text.value());
            } catch (GazeException unknown) {
                Problem problem = unknown.problems().get(0);
                wrong(CATEGORIES, problem.what(), problem.fix());
            }
        } else if (categories != null) {
            wrong(
                    CATEGORIES,
                    "'%s' is %s; expected a name such as 'e621'".formatted(CATEGORIES, categories.describe()),
                    null);
        }
        return TagCategories.DANBOORU;
    }

    private void wrong(String key, String what, @Nullable String fix) {
        findings.problem(List.of(key), what, fix);
    }
}
