package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an asset, softly or with the model file it names; all or nothing (G113).
 *
 * <p>The model file is first moved aside, which shows that it can be deleted and can be taken back; then the asset file
 * goes, which is the point of no return; then the rest.
 */
final class Deletion {
    static final String ASIDE = ".gaze-deleted";

    private final Shelf shelf;
    private final Intents intents;
    private final Collection<Shelf> allShelves;

    Deletion(Shelf shelf, Intents intents, Collection<Shelf> allShelves) {
        this.shelf = shelf;
        this.intents = intents;
        this.allShelves = allShelves;
    }

    /** Deletes an asset that was just read. Under the lock. */
    void delete(Asset now, DeleteMode mode) {
        String slug = now.key().slug();
        String model = shelf.index()
                .find(slug)
                .map(Entry::model)
                .filter(name -> !name.isEmpty())
                .orElse(null);
        boolean hard = mode == DeleteMode.HARD && model != null;
        if (hard) {
            requireDeletable(slug, model);
        } else if (now.file() == null) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("'%s' has no file of its own; only its model file exists".formatted(now.key()))
                            .fix("delete it with DeleteMode.HARD, which deletes the model file"));
        }
        Intent.Delete intent = new Intent.Delete(
                now.key().category(), slug, now.file(), ContentHash.parse(now.hash()), hard ? model : null);
        Path declared = intents.declare(intent);
        try {
            steps(intent).forEach(Runnable::run);
            intents.settle(declared);
        } catch (RuntimeException failure) {
            if (isUndone(intent)) {
                intents.settle(declared);
            }
            throw failure;
        } finally {
            shelf.syncOne(slug);
        }
    }

    /** Finishes or undoes a deletion that a crash interrupted. */
    void recover(Intent.Delete intent) {
        if (changedSince(intent)) {
            bringBack(intent);
        } else {
            steps(intent).forEach(Runnable::run);
        }
    }

    /** The steps in order; each does nothing when it is done already. */
    List<Runnable> steps(Intent.Delete intent) {
        return List.of(
                () -> moveAside(intent),
                () -> deleteFile(intent),
                () -> aside(intent).ifPresent(DurableFile::delete),
                () -> DurableFile.delete(shelf.sidecars().file(intent.slug())));
    }

    private void requireDeletable(String slug, String model) {
        String folder = shelf.category().model().folder();
        Path file = shelf.models()
                .find(folder, model)
                .orElseThrow(() -> new GazeException(
                        Kind.REFUSED,
                        new Problem(
                                "The model file '%s' lies below no configured model root; nothing was deleted"
                                        .formatted(model),
                                folder,
                                "name the root in gaze.json or Gaze.builder(), or delete softly")));
        for (Shelf other : allShelves) {
            other.namer(folder, model, file, other == shelf ? slug : null).ifPresent(entry -> {
                throw new GazeException(
                        Kind.REFUSED,
                        new Problem(
                                "'%s' names the model file '%s' too; nothing was deleted"
                                        .formatted(other.key(entry.slug()), model),
                                entry.file() == null ? null : other.reader().where(entry.file()),
                                "delete softly, or change that asset first"));
            });
        }
    }

    // Steps ----------------------------------------------------------------------------------------------------------

    private void moveAside(Intent.Delete intent) {
        model(intent).ifPresent(file -> DurableFile.move(file, file.resolveSibling(file.getFileName() + ASIDE)));
    }

    private void deleteFile(Intent.Delete intent) {
        if (intent.file() == null) {
            return;
        }
        try {
            if (changedSince(intent)) {
                throw new GazeException(
                        Kind.CONFLICT,
                        new Problem(
                                "Somebody else changed '%s/%s' in the meantime; nothing was deleted"
                                        .formatted(intent.category(), intent.slug()),
                                shelf.reader().where(intent.file()),
                                "look at it again"));
            }
            DurableFile.delete(shelf.folder().resolve(intent.file()));
        } catch (RuntimeException failure) {
            bringBack(intent);
            throw failure;
        }
    }

    private void bringBack(Intent.Delete intent) {
        aside(intent).ifPresent(file -> {
            String name = file.getFileName().toString();
            DurableFile.move(file, file.resolveSibling(name.substring(0, name.length() - ASIDE.length())));
        });
    }

    private boolean isUndone(Intent.Delete intent) {
        boolean fileThere = intent.file() == null || Files.exists(shelf.folder().resolve(intent.file()));
        return fileThere && aside(intent).isEmpty();
    }

    private boolean changedSince(Intent.Delete intent) {
        if (intent.file() == null) {
            return false;
        }
        Path file = shelf.folder().resolve(intent.file());
        return Files.exists(file)
                && !ContentHash.of(DurableFile.read(file, JsonLimits.FILE.maxBytes()))
                        .equals(intent.hash());
    }

    private Optional<Path> model(Intent.Delete intent) {
        return find(intent.model());
    }

    private Optional<Path> aside(Intent.Delete intent) {
        return find(intent.model() == null ? null : intent.model() + ASIDE);
    }

    private Optional<Path> find(@Nullable String name) {
        return name == null
                ? Optional.empty()
                : shelf.models().find(shelf.category().model().folder(), name);
    }
}
