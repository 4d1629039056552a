package dev.gaze.core.history;

import dev.gaze.api.history.HistoryMode;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.prompt.Selection;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Writes down the pictures that were made. */
public final class Generations implements Chronicle {

    /** Writes into the database of the job itself. */
    public Generations() {}

    @Override
    public void made(Handle handle, JobId job, GenerationRequest request, JobResult result, Instant now) {
        RenderPlan plan = result.plan();
        CheckpointSettings checkpoint = plan.checkpoint();
        HistoryNote note = HistoryNote.of(
                        HistoryMode.GENERATION,
                        asked(request.selection()),
                        plan.prompt().positive(),
                        checkpoint == null ? "" : checkpoint.path())
                .negative(plan.prompt().negative())
                .request(RecordJson.object(request).with("resolved", resolved(plan)));
        HistoryTable.insert(
                handle, note, job, result.images().stream().map(Image::id).toList(), now);
    }

    /** What the request left open, so that the picture can be made again when its job is forgotten. */
    private static JsonObject resolved(RenderPlan plan) {
        Map<String, String> seeds = new TreeMap<>();
        plan.seeds().forEach((role, seed) -> seeds.put(role, seed.toString()));
        List<String> loras = plan.loras().stream()
                .map(planned -> planned.lora().file() + " " + planned.lora().modelStrength())
                .toList();
        return JsonObject.of(
                "face", plan.prompt().face(), "hand", plan.prompt().hand(), "seeds", seeds, "loras", loras);
    }

    /** What was chosen and typed, such as {@code character mira_vale, outfit raincoat, looking at viewer}. */
    private static String asked(Selection selection) {
        return Stream.concat(
                        selection.assets().stream().map(asset -> asset.category() + " " + asset.slug()),
                        Stream.of(selection.plus()).filter(plus -> !plus.isBlank()))
                .collect(Collectors.joining(", "));
    }
}
