package dev.gaze.core.asset;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetState;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.DeleteMode;
import dev.gaze.api.asset.Page;
import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.asset.Wardrobe;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One category of an open library, as callers see it. */
final class ShelfRepository implements AssetRepository {
    private static final String[] NO_WORDS = {};

    private final AssetLibrary library;
    private final Shelf shelf;
    private final Changes changes;
    private final Renaming renaming;
    private final Deletion deletion;
    private final Covers covers;

    ShelfRepository(AssetLibrary library, Shelf shelf, Renaming renaming, Deletion deletion, Covers covers) {
        this.library = library;
        this.shelf = shelf;
        this.changes = new Changes(shelf, renaming);
        this.renaming = renaming;
        this.deletion = deletion;
        this.covers = covers;
    }

    @Override
    public Category category() {
        return shelf.category();
    }

    // Finding --------------------------------------------------------------------------------------------------------

    @Override
    public Optional<Asset> find(String slug) {
        return shelf.find(slug);
    }

    @Override
    public Asset get(String slug) {
        return shelf.get(slug);
    }

    @Override
    public Optional<Asset> resolve(String choice, RandomGenerator random) {
        return choice.strip().equals(RANDOM) ? random(random) : shelf.find(choice.strip());
    }

    @Override
    public Optional<Asset> random(RandomGenerator random) {
        List<Entry> all = shelf.index().sorted();
        return all.isEmpty()
                ? Optional.empty()
                : shelf.find(all.get(random.nextInt(all.size())).slug());
    }

    @Override
    public int count() {
        return shelf.index().size();
    }

    @Override
    public List<AssetSummary> list() {
        return summaries(shelf.index().sorted().stream());
    }

    @Override
    public Page<AssetSummary> list(int offset, int limit) {
        return page(shelf.index().sorted(), offset, limit);
    }

    @Override
    public Page<AssetSummary> search(String text, int offset, int limit) {
        String[] words = text.isBlank()
                ? NO_WORDS
                : text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return page(
                shelf.index().sorted().stream()
                        .filter(entry -> entry.matches(words))
                        .toList(),
                offset,
                limit);
    }

    @Override
    public List<AssetSummary> withoutCover() {
        return summaries(shelf.index().sorted().stream().filter(entry -> entry.cover() == null));
    }

    @Override
    public List<String> modelFiles() {
        return shelf.modelFiles();
    }

    private List<AssetSummary> summaries(Stream<Entry> entries) {
        String category = shelf.category().id();
        return entries.map(entry -> entry.summary(category)).toList();
    }

    private Page<AssetSummary> page(List<Entry> entries, int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "A page from %d of %d items is not accepted; offset counts from 0, limit from 1"
                            .formatted(offset, limit));
        }
        List<Entry> part = offset >= entries.size()
                ? List.of()
                : entries.subList(offset, (int) Math.min(entries.size(), (long) offset + limit));
        return new Page<>(summaries(part.stream()), offset, entries.size());
    }

    // Changing -------------------------------------------------------------------------------------------------------

    @Override
    public Asset create(String id, AssetData data) {
        return changing(() -> changes.create(id.strip(), data));
    }

    @Override
    public Asset edit(String slug, UnaryOperator<AssetData> change) {
        return changing(() -> changes.edit(slug, change));
    }

    @Override
    public Asset replace(Asset asset, AssetData data) {
        return changing(() -> changes.replace(asset, data));
    }

    @Override
    public Asset replaceJson(String slug, String json) {
        AssetData data = AssetData.parse(json);
        return changing(() -> changes.edit(slug, before -> data));
    }

    @Override
    public Asset rename(String slug, String newId) {
        return changing(() -> renaming.rename(shelf.fresh(slug), newId.strip(), changes));
    }

    @Override
    public Asset clone(String slug, String newId) {
        return changing(() -> changes.create(newId.strip(), shelf.fresh(slug).data()));
    }

    @Override
    public void delete(String slug, DeleteMode mode) {
        changing(() -> {
            deletion.delete(shelf.fresh(slug), mode);
            return slug;
        });
    }

    @Override
    public Asset editState(String slug, UnaryOperator<AssetState> change) {
        return changing(() -> changes.editState(slug, change));
    }

    @Override
    public Asset promoteCover(String slug, Path image) {
        return changing(() -> {
            shelf.get(slug);
            String cover = covers.accept(image);
            return changes.editState(slug, state -> state.withCover(cover));
        });
    }

    @Override
    public Asset uploadCover(String slug, byte[] image) {
        return changing(() -> {
            String cover = covers.store(shelf.get(slug).key(), image, shelf.now());
            return changes.editState(slug, state -> state.withCover(cover));
        });
    }

    @Override
    public int clearCovers() {
        return changing(() -> {
            List<AssetSummary> covered =
                    list().stream().filter(summary -> summary.cover() != null).toList();
            covered.forEach(summary -> changes.editState(summary.slug(), state -> state.withCover(null)));
            return covered.size();
        });
    }

    @Override
    public Wardrobe wardrobe(String slug) {
        return new Outfits(this, shelf.get(slug).key().slug());
    }

    /** Finishes or undoes what a crash interrupted. */
    void recover(Intent intent) {
        if (intent instanceof Intent.Rename rename) {
            renaming.recover(rename);
        } else if (intent instanceof Intent.Delete delete) {
            deletion.recover(delete);
        }
    }

    /** Runs a change under the lock. */
    <T> T changing(Supplier<T> change) {
        library.requireOpen();
        if (library.isReadOnly()) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("This library is open read-only; nothing was changed")
                            .fix("open it without readOnly() to change it"));
        }
        shelf.changing().lock();
        try {
            library.requireOpen();
            return library.others().exist() && shelf.changing().getHoldCount() == 1 ? inTurn(change) : change.get();
        } finally {
            shelf.changing().unlock();
        }
    }

    private <T> T inTurn(Supplier<T> change) {
        String category = shelf.category().id();
        return shelf.noting(
                () -> library.others().inTurn(category, change),
                slugs -> slugs.forEach(slug -> library.others().tell(touched(category, slug))));
    }

    private Others.Touched touched(String category, String slug) {
        String file = shelf.index().find(slug).map(Entry::file).orElse(null);
        return new Others.Touched(category, file != null, file == null ? slug : file);
    }

    // Sync -----------------------------------------------------------------------------------------------------------

    @Override
    public SyncReport sync() {
        return sync(progress -> {});
    }

    @Override
    public SyncReport sync(Consumer<SyncProgress> progress) {
        return library.sync(List.of(shelf), progress);
    }

    @Override
    public SyncReport sync(String slug) {
        library.requireOpen();
        return shelf.syncOne(slug);
    }
}
