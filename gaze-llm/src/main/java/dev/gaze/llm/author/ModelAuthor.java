package dev.gaze.llm.author;

import dev.gaze.api.asset.Category;
import dev.gaze.api.author.Author;
import dev.gaze.api.author.AuthorDesk;
import dev.gaze.api.author.BulkReport;
import dev.gaze.api.author.BulkStep;
import dev.gaze.api.author.WritingEvent;
import dev.gaze.api.author.Written;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes the assets of one category. */
final class ModelAuthor implements Author {
    private final AuthorDesk desk;
    private final Rounds rounds;

    /**
     * An author at a desk.
     *
     * @param model the model that is asked; null for the usual one
     */
    ModelAuthor(AuthorDesk desk, @Nullable String model) {
        this.desk = desk;
        rounds = new Rounds(desk, model);
    }

    @Override
    public Author withModel(@Nullable String model) {
        return new ModelAuthor(desk, model);
    }

    @Override
    public Category category() {
        return desk.assets().category();
    }

    @Override
    public Written write(String description) {
        return rounds.write(described(description), null);
    }

    @Override
    public Written write(String description, Consumer<WritingEvent> listener) {
        return rounds.write(described(description), listener);
    }

    private Assignment described(String description) {
        if (description.isBlank()) {
            throw new IllegalArgumentException("The description is blank; say what the %s should be"
                    .formatted(category().id()));
        }
        if (Assignment.describesFiles(category())) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("A %s is written for a model file, not from a description"
                                    .formatted(category().id()))
                            .fix(
                                    "name the file (writeFor, --file), or let bulkCreate, `author bulk`, find those without an asset"));
        }
        return Assignment.described(category(), description);
    }

    @Override
    public Written writeFor(String file) {
        return forFile(known(file), null);
    }

    @Override
    public Written writeFor(String file, Consumer<WritingEvent> listener) {
        return forFile(known(file), listener);
    }

    private String known(String file) {
        List<String> files = desk.assets().modelFiles();
        if (!files.contains(file)) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("There is no model file '%s' for a %s"
                                    .formatted(file, category().id()))
                            .fix(NearestNames.fix(file, files, "files")));
        }
        return file;
    }

    private Written forFile(String file, @Nullable Consumer<WritingEvent> listener) {
        Map<String, String> metadata = desk.models().metadata(category().model().folder(), file);
        return rounds.write(Assignment.forFile(category(), file, metadata), listener);
    }

    @Override
    public BulkReport bulkCreate(Predicate<BulkStep> goOn) {
        return new BulkRun(desk, file -> forFile(file, null)).run(goOn);
    }
}
