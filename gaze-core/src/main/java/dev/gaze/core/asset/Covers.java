package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.file.ImageHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Images that become covers: real ones, within the limits, inside the uploads folder (requirement group 11). */
final class Covers {
    private static final long MOST_BYTES = 64_000_000;
    private static final long MOST_PIXELS = 100_000_000;

    private final Path uploads;

    Covers(Path uploads) {
        this.uploads = uploads;
    }

    /** Checks an image that lies in the uploads folder; its path relative to that folder. */
    String accept(Path image) {
        Path file = image.isAbsolute() ? image : uploads.resolve(image);
        String name = new Confined(uploads)
                .name(file)
                .orElseThrow(() -> refused("The image lies outside the uploads folder", file.toString()));
        if (!Files.isRegularFile(file)) {
            throw new GazeException(
                    Kind.NOT_FOUND, Problem.of("There is no such image").at(file.toString()));
        }
        check(DurableFile.read(file, MOST_BYTES), name);
        return name;
    }

    /** Files an image for an asset; its path relative to the uploads folder. */
    String store(AssetKey key, byte[] image, Instant now) {
        ImageHeader header = check(image, null);
        String stem = "cover_" + now.getEpochSecond();
        for (int n = 1; ; n++) {
            String name = "%s/%s/%s%s.%s"
                    .formatted(
                            key.category(),
                            key.slug(),
                            stem,
                            n == 1 ? "" : "_" + n,
                            header.format().extension());
            if (DurableFile.create(new Confined(uploads).resolve(name), image)) {
                return name;
            }
        }
    }

    private static ImageHeader check(byte[] image, @Nullable String where) {
        if (image.length > MOST_BYTES) {
            throw refused("The image has %d bytes; at most %d are accepted".formatted(image.length, MOST_BYTES), where);
        }
        ImageHeader header =
                ImageHeader.read(image).orElseThrow(() -> refused("This is no PNG, JPEG or WebP image", where));
        if (header.pixels() > MOST_PIXELS) {
            throw refused(
                    "The image has %d x %d pixels; at most %d in all are accepted"
                            .formatted(header.width(), header.height(), MOST_PIXELS),
                    where);
        }
        return header;
    }

    private static GazeException refused(String what, @Nullable String where) {
        return new GazeException(Kind.REFUSED, Problem.of(what).at(where));
    }
}
