package dev.gaze.llm.tag;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagSettings;
import dev.gaze.api.tag.TagSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tags from a list on disk, or, when none is named, from the small one that ships with GAZE (G134). */
public final class ListSource implements TagSource {
    private static final String STARTER = "starter-tags.csv";

    /** Made by the plugin. */
    public ListSource() {}

    @Override
    public String id() {
        return "gaze.tags";
    }

    @Override
    public TagCatalogue open(TagSettings settings) {
        Path file = settings.file();
        return file == null ? shipped(settings) : listed(file, settings);
    }

    private static TagCatalogue shipped(TagSettings settings) {
        try (InputStream in = Objects.requireNonNull(
                ListSource.class.getResourceAsStream(STARTER), "the tags are missing from the jar")) {
            return read(in, STARTER, TagCategories.DANBOORU, settings);
        } catch (IOException unreadable) {
            throw refused(Kind.FAILED, "The tags that ship with GAZE cannot be read", STARTER, unreadable);
        }
    }

    private static TagCatalogue listed(Path file, TagSettings settings) {
        if (!Files.isRegularFile(file)) {
            throw refused(Kind.NOT_FOUND, "The list of tags is not there", file.toString(), null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), settings.categories(), settings);
        } catch (IOException unreadable) {
            throw refused(
                    Kind.FAILED,
                    "The list of tags cannot be read: " + unreadable.getMessage(),
                    file.toString(),
                    unreadable);
        }
    }

    private static TagCatalogue read(InputStream in, String list, TagCategories scheme, TagSettings settings)
            throws IOException {
        Warnings warnings = new Warnings(list);
        TagRows rows = TagListReader.read(in, scheme, warnings);
        if (rows.count() == 0) {
            throw refused(Kind.INVALID, "The list of tags holds no tags", list, null);
        }
        return new ListedTags(Packing.of(rows), scheme, settings.blocked(), warnings.all());
    }

    private static GazeException refused(Kind kind, String what, String list, @Nullable Throwable cause) {
        Problem problem = Problem.of(what)
                .at(list)
                .fix("let 'tags' in gaze.json, or else %s, name a CSV file with columns name, category, count, aliases"
                        .formatted(TagSettings.VARIABLE));
        return new GazeException(kind, null, List.of(problem), cause);
    }
}
