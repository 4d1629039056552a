package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.AssetReader.Content;
import dev.gaze.core.asset.AssetReader.Reading;
import dev.gaze.core.asset.Documents.Document;
import dev.gaze.core.asset.FolderListing.Found;
import dev.gaze.core.asset.IndexTable.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The assets of one category: their folder, index, copy in the database and cache, kept together. Reading needs no lock;
 * those who change something hold {@link #changing}.
 */
final class Shelf {
    private final Category category;
    private final Path folder;
    private final CategoryIndex index = new CategoryIndex();
    private final AssetReader reader;
    private final Sidecars sidecars;
    private final IndexCopy copy;
    private final Documents documents;
    private final ModelRoots models;
    private final Supplier<Instant> now;
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable Set<String> touched;

    Shelf(
            Category category,
            Path folder,
            IndexCopy copy,
            Documents documents,
            ModelRoots models,
            Supplier<Instant> now) {
        this.category = category;
        this.folder = folder;
        this.reader = new AssetReader(category, folder);
        this.sidecars = new Sidecars(folder, now);
        this.copy = copy;
        this.documents = documents;
        this.models = models;
        this.now = now;
    }

    Category category() {
        return category;
    }

    Path folder() {
        return folder;
    }

    CategoryIndex index() {
        return index;
    }

    AssetReader reader() {
        return reader;
    }

    Sidecars sidecars() {
        return sidecars;
    }

    IndexCopy copy() {
        return copy;
    }

    ModelRoots models() {
        return models;
    }

    ReentrantLock changing() {
        return changing;
    }

    Instant now() {
        return now.get();
    }

    AssetKey key(String slug) {
        return new AssetKey(category.id(), slug);
    }

    // Reading --------------------------------------------------------------------------------------------------------

    Optional<Asset> find(String slug) {
        while (true) {
            Entry entry = index.find(slug).orElse(null);
            if (entry == null) {
                return Optional.empty();
            }
            Document document = documents.of(key(slug), entry).orElseGet(() -> parsed(entry));
            if (document != null) {
                return Optional.of(asset(document));
            }
            syncOne(slug); // the files are no longer those of the index; look again
        }
    }

    Asset get(String slug) {
        return find(slug).orElseThrow(() -> missing(slug));
    }

    GazeException missing(String slug) {
        return new GazeException(
                Kind.NOT_FOUND,
                Problem.of("There is no %s '%s'".formatted(category.id(), slug))
                        .at(folder.toString())
                        .fix(NearestNames.fix(slug, index.slugs(), "slugs of " + category.id())));
    }

    /** Reads the files of an entry; null when they are not what the index knows. */
    private @Nullable Document parsed(Entry entry) {
        AssetData data;
        if (entry.file() == null) {
            data = withoutJson(entry.model());
        } else {
            Content content = reader.read(folder, entry.file()).content();
            data = content != null && content.hash().equals(entry.hash()) ? content.data() : null;
        }
        AssetState state = state(entry);
        if (data == null || state == null) {
            return null;
        }
        Document document = new Document(entry, data, state);
        documents.keep(key(entry.slug()), document);
        return document;
    }

    private @Nullable AssetState state(Entry entry) {
        Entry.Sidecar known = entry.sidecar();
        if (known == null) {
            return AssetState.EMPTY;
        }
        try {
            Sidecars.Kept kept = sidecars.read(entry.slug());
            Entry.Sidecar line = kept.line();
            return line != null && line.hash().equals(known.hash()) ? kept.state() : null;
        } catch (GazeException brokenSince) {
            return null;
        }
    }

    private AssetData withoutJson(String model) {
        var make = category.model().withoutJson();
        return make == null ? new AssetData(JsonObject.empty()) : make.apply(model);
    }

    private Asset asset(Document document) {
        Entry entry = document.entry();
        return new Asset(
                key(entry.slug()),
                entry.id(),
                entry.name(),
                entry.file(),
                document.data(),
                document.state(),
                entry.hash().toString());
    }

    // Changing -------------------------------------------------------------------------------------------------------

    /** Reads one asset's files again. Takes the lock. */
    SyncReport syncOne(String slug) {
        changing.lock();
        try {
            return new Sync(this).one(slug);
        } finally {
            changing.unlock();
        }
    }

    /** What the disk holds now of an asset that must exist. Under the lock. */
    Asset fresh(String slug) {
        SyncReport report = syncOne(slug);
        if (index.find(slug).isEmpty() && !report.problems().isEmpty()) {
            throw new GazeException(Kind.INVALID, null, report.problems());
        }
        return get(slug);
    }

    /** Files an entry in the index and keeps its document. Under the lock, after the files were written. */
    Asset file(Document document) {
        Entry entry = document.entry();
        Entry before = index.put(entry.slug(), entry);
        documents.keep(key(entry.slug()), document);
        indexed(entry.slug(), entry, before != null);
        return asset(document);
    }

    /** Follows what was changed in the index. Under the lock. */
    void indexed(String slug, @Nullable Entry entry, boolean known) {
        if (touched != null) {
            touched.add(slug);
        }
        copy.add(new Change(category.id(), slug, entry, known));
    }

    /** Makes a change, then hands over the slugs of the index that it touched, even if it failed. Under the lock. */
    <T> T noting(Supplier<T> change, Consumer<Set<String>> after) {
        Set<String> slugs = new HashSet<>();
        touched = slugs;
        try {
            return change.get();
        } finally {
            touched = null;
            after.accept(slugs);
        }
    }

    /** What would be wrong with content under a file name; the content when nothing is. */
    Content accept(String file, byte[] bytes) {
        Reading reading = reader.parse(file, bytes);
        Content content = reading.content();
        if (content == null) {
            throw new GazeException(Kind.INVALID, null, reading.problems());
        }
        return content;
    }

    /** The stamp of a file that was just written. */
    FileStamp stampOf(String file) {
        List<Problem> problems = new ArrayList<>();
        Found found = FolderListing.look(folder, file, problems);
        return found == null
                ? FileStamp.NONE
                : new FileStamp(found.size(), found.modified(), FileStamp.nanos(now.get()));
    }

    /** The model files of this category on this machine. */
    List<String> modelFiles() {
        ModelFile model = category.model();
        return models.files(model.folder(), model.prefixes());
    }

    /** Another asset that names a model file, under the same name or through a link. */
    Optional<Entry> namer(String modelFolder, String name, Path file, @Nullable String exceptSlug) {
        if (!category.model().folder().equals(modelFolder)) {
            return Optional.empty();
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        return index.all().stream()
                .filter(entry -> entry.file() != null && !entry.slug().equals(exceptSlug))
                .filter(entry -> entry.model().equals(name)
                        || entry.model()
                                        .regionMatches(
                                                true, entry.model().length() - last.length(), last, 0, last.length())
                                && models.find(modelFolder, entry.model())
                                        .filter(other -> isSameFile(other, file))
                                        .isPresent())
                .findFirst();
    }

    private static boolean isSameFile(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Reads one file again, whatever slug it holds. Takes the lock. */
    SyncReport syncFile(String file) {
        changing.lock();
        try {
            return new Sync(this).file(file);
        } finally {
            changing.unlock();
        }
    }
}
