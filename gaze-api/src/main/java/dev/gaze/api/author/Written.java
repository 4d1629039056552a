package dev.gaze.api.author;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of writing an asset. */
public sealed interface Written {

    /**
     * How often the model was asked.
     *
     * @return 1 … {@value Author#ROUNDS}
     */
    int rounds();

    /**
     * An asset that fits its schema, whose tags exist, and which holds nothing of the deny list. One that is a
     * {@link NeedsHuman#draft} has tags nobody knows.
     *
     * @param assets where it would be saved
     * @param id its id, whose slug was free when it was written
     * @param data its content
     * @param rounds how often the model was asked
     * @param notes what was changed or had to be done differently, such as an alias that became its tag
     */
    record Valid(AssetRepository assets, String id, AssetData data, int rounds, List<Problem> notes)
            implements Written {

        /** Copies the notes. */
        public Valid {
            Objects.requireNonNull(assets, "assets");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(data, "data");
            notes = List.copyOf(notes);
        }

        /**
         * Saves it as a new asset. A model file that is listed without an asset file, as checkpoints are, gets its own.
         *
         * @return the asset
         * @throws dev.gaze.api.problem.GazeException as {@link AssetRepository#create}
         */
        public Asset save() {
            return assets.find(assets.category().slug(id))
                    .filter(listed -> listed.file() == null)
                    .map(listed -> assets.replace(listed, data))
                    .orElseGet(() -> assets.create(id, data));
        }

        /** Its id and content. */
        @Override
        public String toString() {
            return id + " " + data;
        }
    }

    /**
     * An answer that was still wrong in the last round, for a human to mend.
     *
     * @param text what the model answered last
     * @param rounds how often the model was asked
     * @param problems what is wrong with it, at least one
     * @param draft the answer as an asset, when all that is wrong with it are tags the catalogue does not know: a short
     *     list of tags knows few, and whoever knows better may save it all the same. Null when more is wrong
     */
    record NeedsHuman(
            String text,
            int rounds,
            List<Problem> problems,
            @Nullable Valid draft) implements Written {

        /** Copies the problems. */
        public NeedsHuman {
            Objects.requireNonNull(text, "text");
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("An answer that nothing is wrong with needs no human");
            }
        }
    }
}
