package dev.gaze.core.asset;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Intents on disk, in {@code data/.intent}: written before the first file of an operation is touched, deleted after the
 * last. They lie with the data and not in {@code .gaze}, which may be deleted at any time.
 */
final class Intents {
    /** A content of the largest size, indented once more. */
    private static final JsonLimits LIMITS = new JsonLimits(8_000_000, 110);

    private static final String ENDING = ".json";

    private final Path folder;
    private final Others others;

    Intents(Path data, Others others) {
        this.folder = data.resolve(".intent");
        this.others = others;
    }

    /**
     * An intent somebody left behind.
     *
     * @param file where it stands
     * @param intent what it says
     */
    record Left(Path file, Intent intent) {}

    /** Writes an intent; what is done under it can be finished by the next open from here on. */
    Path declare(Intent intent) {
        byte[] json = Json.pretty(json(intent));
        for (int n = 1; ; n++) {
            Path file = folder.resolve(others.me() + "." + n + ENDING);
            if (DurableFile.create(file, json)) {
                return file;
            }
        }
    }

    /** Forgets an intent whose operation is complete or undone. */
    void settle(Path file) {
        DurableFile.delete(file);
    }

    /**
     * The intents of openings that are over, oldest name first.
     *
     * @param problems told of intents that cannot be read
     */
    List<Left> left(Consumer<Problem> problems) {
        List<Left> left = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                if (isAbandoned(file)) {
                    read(file, problems).ifPresent(intent -> left.add(new Left(file, intent)));
                }
            }
        } catch (NoSuchFileException neverUsed) {
            return List.of();
        } catch (IOException failure) {
            throw DurableFile.failed("read", folder, failure);
        }
        DurableFile.sweep(folder, !others.exist());
        left.sort(Comparator.comparing(Left::file));
        return left;
    }

    private boolean isAbandoned(Path file) {
        String name = file.getFileName().toString();
        return others.isGone(name.substring(0, Math.max(0, name.indexOf('.'))));
    }

    private static Optional<Intent> read(Path file, Consumer<Problem> problems) {
        try {
            JsonObject json = Json.object(DurableFile.read(file, LIMITS.maxBytes()), LIMITS);
            return Optional.of(intent(json));
        } catch (GazeException | IllegalArgumentException broken) {
            problems.accept(new Problem(
                    "An interrupted operation cannot be finished: " + broken.getMessage(),
                    file.toString(),
                    "look at the assets it names, then delete this file"));
            return Optional.empty();
        }
    }

    private static JsonObject json(Intent intent) {
        if (intent instanceof Intent.Rename rename) {
            return JsonObject.of(
                    "operation", "rename",
                    "category", rename.category(),
                    "slug", rename.slug(),
                    "file", rename.file(),
                    "hash", rename.hash().toString(),
                    "new_slug", rename.newSlug(),
                    "new_file", rename.newFile(),
                    "content", rename.content());
        }
        Intent.Delete delete = (Intent.Delete) intent;
        return JsonObject.of(
                "operation", "delete",
                "category", delete.category(),
                "slug", delete.slug(),
                "file", delete.file(),
                "hash", delete.hash().toString(),
                "model", delete.model());
    }

    private static Intent intent(JsonObject json) {
        String operation = name(json, "operation");
        ContentHash hash = ContentHash.parse(json.text("hash").orElse(""));
        return switch (operation) {
            case "rename" ->
                new Intent.Rename(
                        name(json, "category"),
                        name(json, "slug"),
                        name(json, "file"),
                        hash,
                        name(json, "new_slug"),
                        name(json, "new_file"),
                        json.object("content"));
            case "delete" ->
                new Intent.Delete(
                        name(json, "category"),
                        name(json, "slug"),
                        json.text("file").isEmpty() ? null : name(json, "file"),
                        hash,
                        json.text("model").orElse(null));
            default -> throw new IllegalArgumentException("unknown operation '" + operation + "'");
        };
    }

    /** A name that stays where it is put: an intent file may come from anywhere. */
    private static String name(JsonObject json, String key) {
        @Nullable String name = json.text(key).orElse(null);
        if (name == null || !Confined.isElement(name)) {
            throw new GazeException(Kind.REFUSED, Problem.of("'%s' is %s, which is no name".formatted(key, name)));
        }
        return name;
    }
}
