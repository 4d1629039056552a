package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.time.Time;
import dev.gaze.core.builtin.BuiltinPlugin;
import dev.gaze.core.plugin.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A library in a folder of a test, with the built-in categories and, if wanted, others. */
final class TestLibrary implements AutoCloseable {
    private final Path root;
    private final List<Category> categories;
    private final SystemTime machine = new SystemTime();
    private Time time = machine;
    private ModelRoots models = ModelRoots.NONE;
    private AssetLibrary library;

    TestLibrary(Path root, Category... more) {
        this.root = root;
        this.categories = new ArrayList<>(List.of(more));
        for (Extension extension : new BuiltinPlugin().extensions()) {
            if (extension instanceof Category category) {
                categories.add(category);
            }
        }
    }

    static Installed installed(List<Category> categories) {
        return new Installed(
                categories,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    TestLibrary withModels(String folder, Path modelRoot) {
        models = new ModelRoots(Map.of(folder, List.of(modelRoot)));
        return this;
    }

    TestLibrary at(Time time) {
        this.time = time;
        return this;
    }

    LibraryFolders folders() {
        return LibraryFolders.in(root);
    }

    AssetLibrary open() {
        library = openAnother(false);
        return library;
    }

    AssetLibrary openAnother(boolean readOnly) {
        return open(readOnly ? Access.READ_ONLY : Access.ALONE);
    }

    AssetLibrary open(Access access) {
        return AssetLibrary.open(folders(), installed(categories), models, time, access, progress -> {});
    }

    AssetLibrary open(LibraryFolders folders) {
        return AssetLibrary.open(folders, installed(categories), models, time, Access.ALONE, progress -> {});
    }

    /** Closes and opens again, as tomorrow would. */
    AssetLibrary reopen() {
        library.close();
        return open();
    }

    SyncReport opened() {
        return library.opened();
    }

    AssetRepository assets(String category) {
        if (library == null) {
            open();
        }
        return library.repository(category);
    }

    Shelf shelf(String category) {
        return library.shelves().get(category);
    }

    Path file(String path) {
        return root.resolve("data").resolve(path);
    }

    Path write(String path, String json) {
        try {
            Files.createDirectories(file(path).getParent());
            return Files.writeString(file(path), json);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path outfit(String slug, String name) {
        return write(
                "clothing/" + slug + ".json",
                "{\"outfit_id\": \"%s\", \"outfit_name\": \"%s\", \"tags\": [\"blue\"]}".formatted(slug, name));
    }

    @Override
    public void close() {
        if (library != null) {
            library.close();
        }
        machine.close();
    }
}
