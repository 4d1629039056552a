package dev.gaze.core.asset;

import dev.gaze.api.asset.Category;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where the parts of a library lie.
 *
 * @param root the library
 * @param data one folder of asset files per category, and the workflow templates
 * @param uploads images and covers
 * @param gaze lock, database, caches; may be deleted at any time while closed
 * @param categories folders of single categories that lie elsewhere than in {@code data}, by category name (G9)
 */
public record LibraryFolders(Path root, Path data, Path uploads, Path gaze, Map<String, Path> categories) {

    /** Makes the paths absolute. */
    public LibraryFolders {
        Objects.requireNonNull(root, "root");
        data = root.resolve(data).toAbsolutePath().normalize();
        uploads = root.resolve(uploads).toAbsolutePath().normalize();
        gaze = root.resolve(gaze).toAbsolutePath().normalize();
        root = root.toAbsolutePath().normalize();
        categories = Map.copyOf(categories);
    }

    /**
     * Folders without exceptions for single categories.
     *
     * @param root the library
     * @param data asset files
     * @param uploads images
     * @param gaze lock, database, caches
     */
    public LibraryFolders(Path root, Path data, Path uploads, Path gaze) {
        this(root, data, uploads, gaze, Map.of());
    }

    /**
     * The usual folders of a library.
     *
     * @param root the library
     * @return {@code data}, {@code uploads} and {@code .gaze} below it
     */
    public static LibraryFolders in(Path root) {
        return new LibraryFolders(root, Path.of("data"), Path.of("uploads"), Path.of(".gaze"));
    }

    /**
     * The folder of the asset files of a category.
     *
     * @param category which
     * @return an absolute path
     */
    public Path of(Category category) {
        Path own = categories.get(category.id());
        return (own == null ? data.resolve(category.folder()) : root.resolve(own))
                .toAbsolutePath()
                .normalize();
    }
}
