package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.image.ImageFormat;
import dev.gaze.core.image.ImageLimits;
import dev.gaze.core.image.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** Images that become covers: real ones, within the limits, inside the uploads folder (requirement group 11). */
final class Covers {
    private static final Set<ImageFormat> ACCEPTED = Set.of(ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP);

    private final Confined uploads;

    Covers(Path uploads) {
        this.uploads = new Confined(uploads);
    }

    /** Checks an image that lies in the uploads folder; its path relative to that folder. */
    String accept(Path image) {
        Path file = uploads.root().resolve(image);
        String name = uploads.name(file)
                .orElseThrow(
                        () -> refused("The image lies outside the uploads folder %s".formatted(uploads.root()), file));
        if (!Files.isRegularFile(file)) {
            throw new GazeException(
                    Kind.NOT_FOUND, Problem.of("There is no such image").at(file.toString()));
        }
        check(DurableFile.read(file, ImageLimits.DEFAULT.maxBytes()), file);
        return name;
    }

    /** Files an image for an asset; its path relative to the uploads folder. */
    String store(AssetKey key, byte[] image, Instant now) {
        String folder = key.category() + "/" + key.slug();
        ImageFormat format = check(image, uploads.resolve(folder));
        String stem = "cover_" + now.getEpochSecond();
        for (int n = 1; ; n++) {
            String name = "%s/%s%s.%s".formatted(folder, stem, n == 1 ? "" : "_" + n, format.extension());
            if (DurableFile.create(uploads.resolve(name), image)) {
                return name;
            }
        }
    }

    private static ImageFormat check(byte[] image, Path where) {
        try {
            ImageFormat format = Picture.check(image, ImageLimits.DEFAULT).format();
            if (ACCEPTED.contains(format)) {
                return format;
            }
            throw refused("A cover is a PNG, JPEG or WebP image; this is " + format, where);
        } catch (GazeException refused) {
            throw new GazeException(
                    refused.kind(),
                    null,
                    refused.problems().stream()
                            .map(problem -> problem.at(where.toString()))
                            .toList(),
                    refused);
        }
    }

    private static GazeException refused(String what, Path where) {
        return new GazeException(Kind.REFUSED, Problem.of(what).at(where.toString()));
    }
}
