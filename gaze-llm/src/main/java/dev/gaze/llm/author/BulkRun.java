package dev.gaze.llm.author;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.author.AuthorDesk;
import dev.gaze.api.author.BulkReport;
import dev.gaze.api.author.BulkStep;
import dev.gaze.api.author.Written;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes assets for the model files that no asset names (G100), one after the other. It remembers nothing: what was made
 * is on disk at once, and is not open any more when the next run begins.
 */
final class BulkRun {
    private final AuthorDesk desk;
    private final Category category;
    private final Function<String, Written> author;

    BulkRun(AuthorDesk desk, Function<String, Written> author) {
        this.desk = desk;
        this.author = author;
        category = desk.assets().category();
    }

    /**
     * What came of one file.
     *
     * @param created the asset; null when none was made
     * @param problems why not, or notes
     * @param ends whether there is no point in going on
     */
    private record Outcome(@Nullable AssetKey created, List<Problem> problems, boolean ends) {}

    BulkReport run(Predicate<BulkStep> goOn) {
        List<String> files = desk.assets().modelFiles();
        List<String> open = open(files);
        List<BulkStep> steps = new ArrayList<>();
        boolean complete = true;
        for (String file : open) {
            Outcome outcome = make(file);
            BulkStep step = new BulkStep(steps.size() + 1, open.size(), file, outcome.created, outcome.problems);
            steps.add(step);
            boolean wanted = goOn.test(step);
            if (outcome.ends || !wanted && steps.size() < open.size()) {
                complete = false;
                break;
            }
        }
        return new BulkReport(steps, files.size() - open.size(), complete);
    }

    private Outcome make(String file) {
        Written written;
        try {
            written = author.apply(file);
        } catch (ChatException noAnswer) {
            return new Outcome(null, noAnswer.problems(), noAnswer.error() != ChatError.BAD_ANSWER);
        }
        if (written instanceof Written.NeedsHuman open) {
            return new Outcome(null, open.problems(), false);
        }
        Written.Valid valid = (Written.Valid) written;
        try {
            return new Outcome(valid.save().key(), valid.notes(), false);
        } catch (GazeException refused) {
            if (refused.kind() == Kind.CONFLICT || refused.kind() == Kind.INVALID) {
                return new Outcome(null, refused.problems(), false); // this one only
            }
            throw refused;
        }
    }

    // What is to be done ---------------------------------------------------------------------------------------------

    /** The files that no asset names, but for those whose asset is there already and names none yet. */
    private List<String> open(List<String> files) {
        Set<String> named = named();
        return files.stream()
                .filter(file -> !named.contains(file))
                .filter(file -> !waits(Assignment.id(category, file)))
                .toList();
    }

    private Set<String> named() {
        Set<String> named = new HashSet<>();
        for (AssetRepository assets : desk.all()) {
            if (assets.category().model().folder().equals(category.model().folder())) {
                assets.list().stream()
                        .filter(BulkRun::onDisk)
                        .map(summary -> assets.find(summary.slug()))
                        .flatMap(Optional::stream)
                        .map(asset -> modelFile(assets.category(), asset))
                        .forEach(named::add);
            }
        }
        return named;
    }

    private static boolean onDisk(AssetSummary summary) {
        return summary.file() != null;
    }

    private boolean waits(String id) {
        return desk.assets()
                .find(category.slug(id))
                .filter(asset -> asset.file() != null)
                .map(asset -> modelFile(category, asset).isEmpty())
                .orElse(false);
    }

    /** The file an asset names, with forward slashes; blank when it names none. */
    private static String modelFile(Category category, Asset asset) {
        if (category.model().path().equals(ModelFile.LORA.path())) {
            return LoraRef.in(asset.data(), category.loraWeight())
                    .map(LoraRef::file)
                    .orElse("");
        }
        return asset.data()
                .json()
                .text(category.model().path().toArray(String[]::new))
                .orElse("")
                .strip()
                .replace('\\', '/');
    }
}
