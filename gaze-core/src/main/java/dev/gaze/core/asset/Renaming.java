package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.AssetState.LastUsed;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.AssetReader.Content;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives an asset another slug: its file, its state and the folder of its images follow.
 *
 * <p>Every step may be repeated and looks at the disk to see what is left to do; so finishing after a crash is doing
 * them all again. Once the old file is gone there is only going on; before, what fails is taken back.
 */
final class Renaming {
    private final Shelf shelf;
    private final Intents intents;
    private final Path uploads;

    Renaming(Shelf shelf, Intents intents, Path uploads) {
        this.shelf = shelf;
        this.intents = intents;
        this.uploads = uploads.resolve(shelf.category().id());
    }

    /** Renames an asset that was just read to a new id. Under the lock. */
    Asset rename(Asset now, String newId, Changes changes) {
        String slug = now.key().slug();
        if (now.file() == null) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("'%s' has no file that could be renamed".formatted(now.key()))
                            .fix("edit it once, which makes its file, or clone it"));
        }
        if (newId.equals(now.id())) {
            return now;
        }
        String newSlug = shelf.category().slug(newId);
        if (newSlug.equals(slug)) { // only characters that a slug does not hold change: nothing has to move
            return changes.edit(slug, data -> changes.withId(data, newId));
        }
        newSlug = changes.freeSlug(newId);
        String newFile = Changes.fileName(newId, newSlug);
        byte[] bytes = Changes.bytes(changes.withId(now.data(), newId));
        return rename(now, shelf.accept(newFile, bytes), newFile);
    }

    /** Moves an asset that was just read to the slug of new content. Under the lock. */
    Asset rename(Asset now, Content content, String newFile) {
        String file = Objects.requireNonNull(now.file(), "file");
        Intent.Rename intent = new Intent.Rename(
                now.key().category(),
                now.key().slug(),
                file,
                ContentHash.parse(now.hash()),
                content.slug(),
                newFile,
                content.data().json());
        Path declared = intents.declare(intent);
        try {
            steps(intent).forEach(Runnable::run);
            intents.settle(declared);
        } catch (RuntimeException failure) {
            takeBack(intent);
            if (!isUnderWay(intent)) {
                intents.settle(declared);
            }
            throw failure;
        } finally {
            shelf.syncOne(intent.slug());
            shelf.syncFile(intent.newFile());
        }
        return shelf.get(content.slug());
    }

    /** Finishes or undoes a rename that a crash interrupted. */
    void recover(Intent.Rename intent) {
        if (isUnderWay(intent) || hash(intent.file()).equals(intent.hash())) {
            steps(intent).forEach(Runnable::run);
        }
    }

    /** The steps in order; each does nothing when it is done already. */
    List<Runnable> steps(Intent.Rename intent) {
        return List.of(() -> place(intent), () -> removeOld(intent), () -> moveImages(intent), () -> moveState(intent));
    }

    // Steps ----------------------------------------------------------------------------------------------------------

    private boolean isUnderWay(Intent.Rename intent) {
        return hash(intent.newFile()).equals(newHash(intent));
    }

    private void place(Intent.Rename intent) {
        if (isUnderWay(intent)) {
            return;
        }
        byte[] bytes = bytes(intent);
        Path file = shelf.folder().resolve(intent.newFile());
        if (isSameFile(intent)) {
            DurableFile.write(shelf.folder().resolve(intent.file()), bytes, () -> requireUnchanged(intent));
            if (!intent.file().equals(intent.newFile())) {
                DurableFile.move(shelf.folder().resolve(intent.file()), file);
            }
            return;
        }
        requireUnchanged(intent);
        if (!DurableFile.create(file, bytes)) {
            throw new GazeException(
                    Kind.CONFLICT,
                    new Problem(
                            "There is a file of that name already",
                            shelf.reader().where(intent.newFile()),
                            "choose another id, or move that file away"));
        }
    }

    private void removeOld(Intent.Rename intent) {
        if (!isSameFile(intent) && hash(intent.file()).equals(intent.hash())) {
            DurableFile.delete(shelf.folder().resolve(intent.file()));
        }
    }

    private void moveImages(Intent.Rename intent) {
        Path from = uploads.resolve(intent.slug());
        Path to = uploads.resolve(intent.newSlug());
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.notExists(to)) {
            DurableFile.move(from, to);
        } else {
            moveContent(from, to);
        }
    }

    /** Images of a former asset of that slug lie there: ours join them, but for those whose name is taken. */
    private static void moveContent(Path from, Path to) {
        boolean empty = true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(from)) {
            for (Path child : children) {
                Path target = to.resolve(child.getFileName());
                if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
                    DurableFile.move(child, target);
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && Files.isDirectory(target)) {
                    moveContent(child, target);
                } else {
                    empty = false;
                }
            }
            if (empty) {
                Files.deleteIfExists(from);
            }
        } catch (DirectoryNotEmptyException someStayed) {
            return;
        } catch (IOException failure) {
            throw DurableFile.failed("move the images in", from, failure);
        }
    }

    private void moveState(Intent.Rename intent) {
        Path from = shelf.sidecars().file(intent.slug());
        if (Files.notExists(from)) {
            return;
        }
        Path to = shelf.sidecars().file(intent.newSlug());
        try {
            Sidecars.Kept kept = shelf.sidecars().read(intent.slug());
            AssetState state = moved(kept.state(), intent);
            DurableFile.write(to, Json.pretty(StateJson.write(kept.json(), state)));
            DurableFile.delete(from);
        } catch (GazeException broken) {
            if (broken.kind() == Kind.FAILED) {
                throw broken;
            }
            DurableFile.delete(to);
            DurableFile.move(from, to); // as broken as it is, somebody may mend it
        }
    }

    private AssetState moved(AssetState state, Intent.Rename intent) {
        LastUsed used = state.lastUsed();
        return state.withCover(moved(state.cover(), intent))
                .withLastUsed(new LastUsed(
                        used.fields(),
                        moved(used.preview(), intent),
                        used.character(),
                        used.action(),
                        used.extraPositive(),
                        used.extraNegative()));
    }

    private @Nullable String moved(@Nullable String image, Intent.Rename intent) {
        String old = intent.category() + "/" + intent.slug() + "/";
        if (image == null || !image.startsWith(old)) {
            return image;
        }
        String rest = image.substring(old.length());
        boolean stayed = Files.exists(uploads.resolve(intent.slug()).resolve(rest));
        return stayed ? image : intent.category() + "/" + intent.newSlug() + "/" + rest;
    }

    private void requireUnchanged(Intent.Rename intent) {
        if (!hash(intent.file()).equals(intent.hash())) {
            throw new GazeException(
                    Kind.CONFLICT,
                    new Problem(
                            "Somebody else changed '%s/%s' after it was read; nothing was written"
                                    .formatted(intent.category(), intent.slug()),
                            shelf.reader().where(intent.file()),
                            "read it again and repeat the change"));
        }
    }

    /** Removes the new file while the old one is still there. */
    private void takeBack(Intent.Rename intent) {
        boolean bothThere =
                isUnderWay(intent) && !isSameFile(intent) && hash(intent.file()).equals(intent.hash());
        if (bothThere) {
            DurableFile.delete(shelf.folder().resolve(intent.newFile()));
        }
    }

    private boolean isSameFile(Intent.Rename intent) {
        Path from = shelf.folder().resolve(intent.file());
        Path to = shelf.folder().resolve(intent.newFile());
        try {
            return from.equals(to) || Files.exists(from) && Files.exists(to) && Files.isSameFile(from, to);
        } catch (IOException failure) {
            throw DurableFile.failed("read", from, failure);
        }
    }

    private ContentHash hash(String file) {
        Path path = shelf.folder().resolve(file);
        return Files.exists(path)
                ? ContentHash.of(DurableFile.read(path, JsonLimits.FILE.maxBytes()))
                : ContentHash.NONE;
    }

    private static ContentHash newHash(Intent.Rename intent) {
        return ContentHash.of(bytes(intent));
    }

    private static byte[] bytes(Intent.Rename intent) {
        return Changes.bytes(new AssetData(intent.content()));
    }
}
