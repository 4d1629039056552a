package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.AssetReader.Content;
import dev.gaze.core.asset.Documents.Document;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes assets and their state: the file first, the index after. Every method is called under the lock of the shelf. */
final class Changes {
    private static final int TRIES = 20;
    private static final Pattern PLAIN_FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ ().-]*");

    private final Shelf shelf;
    private final Renaming renaming;

    Changes(Shelf shelf, Renaming renaming) {
        this.shelf = shelf;
        this.renaming = renaming;
    }

    Asset create(String id, AssetData data) {
        String slug = freeSlug(id);
        Content content = accept(fileName(id, slug), bytes(withId(data, id)));
        return createFile(content, fileName(id, slug), bytes(withId(data, id)));
    }

    Asset edit(String slug, UnaryOperator<AssetData> change) {
        for (int tries = 1; ; tries++) {
            Asset now = shelf.fresh(slug);
            AssetData changed = change.apply(now.data());
            if (changed.equals(now.data())
                    && changed.json().toString().equals(now.data().json().toString())) {
                return now;
            }
            try {
                return write(now, changed);
            } catch (GazeException conflict) {
                if (conflict.kind() != Kind.CONFLICT || tries == TRIES || !isNewer(now)) {
                    throw conflict;
                }
            }
        }
    }

    Asset replace(Asset read, AssetData data) {
        Asset now = shelf.fresh(read.key().slug());
        if (!now.hash().equals(read.hash())) {
            throw changedMeanwhile(now);
        }
        return write(now, data);
    }

    Asset editState(String slug, UnaryOperator<AssetState> change) {
        for (int tries = 1; ; tries++) {
            Asset now = shelf.fresh(slug);
            Sidecars.Kept kept = shelf.sidecars().read(slug);
            AssetState changed = change.apply(kept.state());
            if (changed.equals(kept.state())) {
                return now;
            }
            try {
                Entry.Sidecar line = shelf.sidecars().write(slug, kept, changed);
                Entry entry = shelf.index()
                        .find(slug)
                        .orElseThrow(() -> shelf.missing(slug))
                        .with(line);
                return shelf.file(new Document(entry, now.data(), changed));
            } catch (GazeException conflict) {
                if (conflict.kind() != Kind.CONFLICT || tries == TRIES) {
                    throw conflict;
                }
            }
        }
    }

    /** The slug of a new id. */
    String freeSlug(String id) {
        String slug = shelf.category().slug(id);
        if (slug.isEmpty()) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("The slug of id '%s' is empty: only ASCII letters, digits and _ count".formatted(id))
                            .fix("give an id such as 'asset_1'"));
        }
        shelf.index().find(slug).ifPresent(taken -> {
            throw new GazeException(
                    Kind.CONFLICT,
                    Problem.of("The slug '%s' is taken by '%s'".formatted(slug, taken.name()))
                            .at(
                                    taken.file() == null
                                            ? taken.model()
                                            : shelf.reader().where(taken.file()))
                            .fix("choose another id"));
        });
        return slug;
    }

    /** What to call the file of an id: the id itself where every disk accepts it, else the slug. */
    static String fileName(String id, String slug) {
        boolean plain = PLAIN_FILE_NAME.matcher(id).matches() && !id.endsWith(".") && !id.endsWith(" ");
        return (plain ? id : slug) + FolderListing.EXTENSION;
    }

    /** Content under another id, which keeps its place or stands first. */
    AssetData withId(AssetData data, String id) {
        String key = shelf.category().idKey();
        if (data.json().get(key).isPresent()) {
            return data.with(id, key);
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(key, new JsonText(id));
        members.putAll(data.json().members());
        return new AssetData(new JsonObject(members));
    }

    static byte[] bytes(AssetData data) {
        return Json.pretty(data.json());
    }

    // Steps ----------------------------------------------------------------------------------------------------------

    private Asset write(Asset now, AssetData data) {
        String slug = now.key().slug();
        byte[] bytes = bytes(data);
        String file = now.file() == null ? fileName(now.id(), slug) : now.file();
        Content content = accept(file, bytes);
        if (!content.slug().equals(slug)) {
            freeSlug(content.id());
            return now.file() == null
                    ? createFile(content, fileName(content.id(), content.slug()), bytes)
                    : renaming.rename(now, content, file);
        }
        Entry before = shelf.index().find(slug).orElseThrow(() -> shelf.missing(slug));
        if (now.file() == null) {
            return createFile(content, file, bytes);
        }
        DurableFile.write(target(file), bytes, () -> requireUnchanged(now));
        return filed(content, file, before.sidecar(), now.state());
    }

    private Asset createFile(Content content, String file, byte[] bytes) {
        if (!DurableFile.create(shelf.folder().resolve(file), bytes)) {
            throw new GazeException(
                    Kind.CONFLICT,
                    new Problem(
                            "There is a file of that name already, and it is not loaded",
                            shelf.reader().where(file),
                            "sync, see what is wrong with it, then mend, rename or delete it"));
        }
        // A sidecar may have waited for a slug that was gone for a while.
        Sidecars.Kept kept = shelf.sidecars().read(content.slug());
        return filed(content, file, kept.line(), kept.state());
    }

    private Asset filed(Content content, String file, Entry.@Nullable Sidecar sidecar, AssetState state) {
        Entry entry = content.entry(shelf.category(), file, shelf.stampOf(file), sidecar);
        return shelf.file(new Document(entry, content.data(), state));
    }

    private Content accept(String file, byte[] bytes) {
        if (bytes.length > JsonLimits.FILE.maxBytes()) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("The content has %d bytes; at most %d are accepted"
                                    .formatted(bytes.length, JsonLimits.FILE.maxBytes()))
                            .at(shelf.reader().where(file)));
        }
        return shelf.accept(file, bytes);
    }

    /** The file itself: a link in the folder is followed, so that it stays one. */
    private Path target(String file) {
        Path path = shelf.folder().resolve(file);
        try {
            return Files.isSymbolicLink(path) ? path.toRealPath() : path;
        } catch (IOException failure) {
            throw DurableFile.failed("read", path, failure);
        }
    }

    private boolean isNewer(Asset read) {
        return read.file() != null && !hashOnDisk(read.file()).equals(read.hash());
    }

    private void requireUnchanged(Asset read) {
        if (isNewer(read)) {
            throw changedMeanwhile(read);
        }
    }

    private String hashOnDisk(String file) {
        return ContentHash.of(DurableFile.read(shelf.folder().resolve(file), JsonLimits.FILE.maxBytes()))
                .toString();
    }

    private GazeException changedMeanwhile(Asset asset) {
        return new GazeException(
                Kind.CONFLICT,
                new Problem(
                        "Somebody else changed '%s' after it was read; nothing was written".formatted(asset.key()),
                        asset.file() == null ? null : shelf.reader().where(asset.file()),
                        "read it again and repeat the change"));
    }
}
