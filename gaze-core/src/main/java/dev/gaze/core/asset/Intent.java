package dev.gaze.core.asset;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operation on several files is about to do; enough to finish it after a crash, or to see that it is void. */
sealed interface Intent {

    /** The category it belongs to. */
    String category();

    /** What others have to look at anew when it is done. */
    List<Others.Touched> touched();

    /**
     * An asset gets another slug.
     *
     * @param category its category
     * @param slug its slug
     * @param file its file
     * @param hash the content it had
     * @param newSlug its new slug
     * @param newFile its new file; the same when the name stays
     * @param content its new content
     */
    record Rename(
            String category,
            String slug,
            String file,
            ContentHash hash,
            String newSlug,
            String newFile,
            JsonObject content)
            implements Intent {
        @Override
        public List<Others.Touched> touched() {
            return List.of(new Others.Touched(category, false, slug), new Others.Touched(category, true, newFile));
        }
    }

    /**
     * An asset is deleted.
     *
     * @param category its category
     * @param slug its slug
     * @param file its file; null when it has none
     * @param hash the content it had
     * @param model the model file that goes too; null for none
     */
    record Delete(
            String category,
            String slug,
            @Nullable String file,
            ContentHash hash,
            @Nullable String model) implements Intent {
        @Override
        public List<Others.Touched> touched() {
            return List.of(new Others.Touched(category, false, slug));
        }
    }
}
