package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetState;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.asset.FolderListing.Found;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files in which the state of the assets of one category is kept: {@code .state/<slug>.json}. */
final class Sidecars {
    private final Path folder;
    private final String where;
    private final Supplier<Instant> now;

    Sidecars(Path categoryFolder, Supplier<Instant> now) {
        this.folder = folder(categoryFolder);
        this.where = categoryFolder.getFileName() + "/.state/";
        this.now = now;
    }

    /**
     * A sidecar that was read.
     *
     * @param json the whole of it
     * @param state what GAZE knows of it
     * @param line what the index keeps of it; null when there is no file
     */
    record Kept(JsonObject json, AssetState state, Entry.@Nullable Sidecar line) {
        static final Kept NOTHING = new Kept(JsonObject.empty(), AssetState.EMPTY, null);
    }

    static Path folder(Path categoryFolder) {
        return categoryFolder.resolve(".state");
    }

    Path file(String slug) {
        return folder.resolve(slug + FolderListing.EXTENSION);
    }

    /** What a sidecar looks like from outside; null when there is none. */
    @Nullable
    Found look(String slug) {
        return FolderListing.look(folder, slug + FolderListing.EXTENSION, new ArrayList<>());
    }

    /**
     * Reads a sidecar.
     *
     * @throws GazeException when it is broken
     */
    Kept read(String slug) {
        Found found = look(slug);
        if (found == null) {
            return Kept.NOTHING;
        }
        long readAt = FileStamp.nanos(now.get());
        String place = where + found.name();
        try {
            byte[] bytes = DurableFile.read(file(slug), JsonLimits.FILE.maxBytes());
            JsonObject json = Json.object(bytes, JsonLimits.FILE);
            AssetState state = StateJson.read(json, bytes, place);
            return new Kept(json, state, line(found, readAt, bytes, state));
        } catch (GazeException broken) {
            throw new GazeException(
                    broken.kind(),
                    null,
                    broken.problems().stream()
                            .map(problem ->
                                    problem.where() == null || !problem.where().startsWith(place)
                                            ? problem.at(place)
                                            : problem)
                            .toList(),
                    broken);
        }
    }

    /** Writes a sidecar over the version that was read; one that would hold nothing is deleted. */
    Entry.@Nullable Sidecar write(String slug, Kept before, AssetState state) {
        JsonObject json = StateJson.write(before.json(), state);
        Path file = file(slug);
        refuseOtherCase(slug, file);
        if (json.members().isEmpty()) {
            requireUnchanged(slug, before);
            DurableFile.delete(file);
            return null;
        }
        byte[] bytes = Json.pretty(json);
        DurableFile.write(file, bytes, () -> requireUnchanged(slug, before));
        Found found = look(slug);
        return found == null ? null : line(found, FileStamp.nanos(now.get()), bytes, state);
    }

    private void requireUnchanged(String slug, Kept before) {
        Path file = file(slug);
        ContentHash there = Files.exists(file)
                ? ContentHash.of(DurableFile.read(file, JsonLimits.FILE.maxBytes()))
                : ContentHash.NONE;
        ContentHash read =
                before.line() == null ? ContentHash.NONE : before.line().hash();
        if (!there.equals(read)) {
            throw new GazeException(
                    Kind.CONFLICT,
                    new Problem(
                            "Somebody else changed the state of '" + slug + "' in the meantime",
                            where + slug + FolderListing.EXTENSION,
                            "read it again and repeat the change"));
        }
    }

    /** Slugs differ by case; on some disks files do not. */
    private void refuseOtherCase(String slug, Path file) {
        try {
            String there = Files.exists(file)
                    ? file.toRealPath().getFileName().toString()
                    : file.getFileName().toString();
            if (!there.equals(file.getFileName().toString())
                    && there.equalsIgnoreCase(file.getFileName().toString())) {
                throw new GazeException(
                        Kind.CONFLICT,
                        new Problem(
                                "The state of '%s' would overwrite that of '%s': this disk does not tell case apart"
                                        .formatted(slug, FolderListing.stem(there)),
                                where + there,
                                "rename one of the two assets"));
            }
        } catch (IOException failure) {
            throw DurableFile.failed("read", file, failure);
        }
    }

    private static Entry.Sidecar line(Found found, long readAt, byte[] bytes, AssetState state) {
        return new Entry.Sidecar(
                new FileStamp(found.size(), found.modified(), readAt), ContentHash.of(bytes), state.cover());
    }
}
