package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Category;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of an asset file into its content, or into what is wrong with it. Pure but for {@link #read}. */
final class AssetReader {
    /** Leaves room for {@code .json} and our temporary names within the 255 bytes a file name may have. */
    private static final int LONGEST_SLUG = 150;

    private final Category category;
    private final String folderName;

    AssetReader(Category category, Path folder) {
        this.category = category;
        this.folderName = String.valueOf(folder.getFileName());
    }

    /**
     * A file that was read.
     *
     * @param content its content; null when something is wrong
     * @param problems what is wrong; empty when nothing is
     */
    record Reading(@Nullable Content content, List<Problem> problems) {}

    /**
     * The content of a good file.
     *
     * @param data the content
     * @param id the id it names, or the name of the file (G8)
     * @param slug what follows from the id
     * @param name the display name it gives, or the id
     * @param bytes the size of the file
     * @param hash tells its content
     */
    record Content(AssetData data, String id, String slug, String name, int bytes, ContentHash hash) {
        Entry entry(Category category, @Nullable String file, FileStamp stamp, Entry.@Nullable Sidecar sidecar) {
            String tags = String.join(
                            ", ", AssetData.texts(data.json().get("tags").orElse(null)))
                    .toLowerCase(Locale.ROOT);
            return new Entry(
                    slug,
                    id,
                    name,
                    file,
                    stamp,
                    hash,
                    tags,
                    ModelRoots.modelNamed(category.model(), data.json()),
                    sidecar);
        }
    }

    /** Reads a file of the folder. */
    Reading read(Path folder, String file) {
        try {
            return parse(file, DurableFile.read(folder.resolve(file), JsonLimits.FILE.maxBytes()));
        } catch (GazeException refused) {
            boolean gone = refused.kind() == GazeException.Kind.NOT_FOUND; // deleted since it was listed
            return new Reading(
                    null,
                    gone
                            ? List.of()
                            : refused.problems().stream()
                                    .map(problem -> problem.at(where(file)))
                                    .toList());
        }
    }

    /** Reads bytes as the content of a file of that name. */
    Reading parse(String file, byte[] bytes) {
        String encoding = foreignMark(bytes);
        if (encoding != null) {
            return wrong(new Problem(
                    "The file is written in " + encoding + "; expected UTF-8",
                    where(file) + ":1",
                    "save it as UTF-8; every editor offers that"));
        }
        AssetData data;
        try {
            data = new AssetData(Json.object(bytes, JsonLimits.FILE));
        } catch (GazeException broken) {
            return new Reading(
                    null,
                    broken.problems().stream()
                            .map(problem -> problem.at(
                                            where(file) + (problem.where() == null ? "" : ":" + problem.where()))
                                    .fix("mend the JSON there; until then the asset is left out"))
                            .toList());
        }
        List<Problem> problems = AssetCheck.of(category, data, bytes, where(file));
        return problems.isEmpty() ? named(file, data, bytes) : new Reading(null, problems);
    }

    private Reading named(String file, AssetData data, byte[] bytes) {
        String id = text(data, category.idKey(), FolderListing.stem(file));
        String slug = category.slug(id);
        if (slug.isEmpty()) {
            return wrong(new Problem(
                    "The slug of id '%s' is empty: only ASCII letters, digits and _ count".formatted(id),
                    where(file),
                    "give it a %s such as 'asset_1'".formatted(category.idKey())));
        }
        if (slug.length() > LONGEST_SLUG) {
            return wrong(new Problem(
                    "The id '%s…' is too long; at most %d characters are accepted"
                            .formatted(id.substring(0, 40), LONGEST_SLUG),
                    where(file),
                    "give it a shorter " + category.idKey()));
        }
        String own = slug.equals(id) ? slug : id;
        String name = text(data, category.nameKey(), own);
        return new Reading(
                new Content(data, own, slug.equals(own) ? own : slug, name, bytes.length, ContentHash.of(bytes)),
                List.of());
    }

    /** What to call the file when talking to people. */
    String where(String file) {
        return folderName + "/" + file;
    }

    private static String text(AssetData data, String key, String otherwise) {
        return data.json()
                .get(key)
                .filter(JsonText.class::isInstance)
                .map(value -> ((JsonText) value).value().strip())
                .filter(text -> !text.isEmpty())
                .orElse(otherwise);
    }

    private static Reading wrong(Problem problem) {
        return new Reading(null, List.of(problem));
    }

    private static @Nullable String foreignMark(byte[] bytes) {
        if (bytes.length >= 2) {
            int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
            if (mark == 0xfeff || mark == 0xfffe) {
                return "UTF-16";
            }
        }
        return bytes.length >= 4 && bytes[0] == 0 && bytes[1] == 0 && (bytes[2] & 0xff) == 0xfe ? "UTF-32" : null;
    }
}
