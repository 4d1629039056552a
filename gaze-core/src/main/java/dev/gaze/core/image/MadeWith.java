package dev.gaze.core.image;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.PlannedLora;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What GAZE tells a picture about itself: the version that made it, the request, who gave which words, the LoRAs and the seeds, which together make
 * it again. It is handed to the server with the graph, so that ComfyUI writes it among its own text chunks; an image that
 * arrives without it, or with that of an earlier run out of the server's cache, gets it when it is filed.
 *
 * @param job the job that made the picture
 * @param json the content
 */
public record MadeWith(JobId job, JsonObject json) {
    /** The keyword of the text chunk. */
    public static final String KEYWORD = "gaze";

    private static final int FORMAT = 1;
    private static final String ASSET = "asset";

    /**
     * Tells how a job makes its picture.
     *
     * @param job its id
     * @param request what was asked for
     * @param plan what became of it
     * @return the content; never holds a secret, as neither request nor plan does
     */
    public static MadeWith of(JobId job, GenerationRequest request, RenderPlan plan) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("version", Version.OF_GAZE);
        members.put("job", job.toString());
        members.put("request", request(request));
        members.put(
                "checkpoint",
                plan.checkpoint() == null ? null : plan.checkpoint().path());
        members.put("loras", plan.loras().stream().map(MadeWith::lora).toList());
        members.put("seeds", seeds(plan.seeds()));
        members.put("parts", plan.prompt().parts().stream().map(MadeWith::part).toList());
        return new MadeWith(job, withoutNulls(members));
    }

    /**
     * What the server is asked to write into its images.
     *
     * @return keyword → content
     */
    public JsonObject pngInfo() {
        return JsonObject.of(KEYWORD, json);
    }

    /** Puts this into a PNG that does not tell it yet; one that does stays as it is, byte for byte. */
    byte[] into(byte[] png) {
        Png image = Png.read(png);
        boolean told = image.text(KEYWORD).filter(text -> names(text, job)).isPresent();
        return told ? png : image.with(KEYWORD, ascii(json));
    }

    /**
     * Whether a text tells of a job. Its id is enough: the server writes numbers in its own way, and may set blanks. What
     * users have typed cannot look like it, as JSON puts a backslash before their quotes.
     */
    static boolean names(String text, JobId job) {
        return text.contains("\"job\":\"" + job + '"') || text.contains("\"job\": \"" + job + '"');
    }

    /** JSON in ASCII alone, as ComfyUI writes it too: a tEXt chunk holds Latin-1, which not every reader knows. */
    private static String ascii(JsonObject json) {
        StringBuilder text = new StringBuilder();
        for (char letter : new String(Json.compact(json), StandardCharsets.UTF_8).toCharArray()) {
            if (letter < 0x7F) {
                text.append(letter);
            } else {
                text.append("\\u%04x".formatted((int) letter));
            }
        }
        return text.toString();
    }

    private static JsonObject request(GenerationRequest request) {
        Selection selection = request.selection();
        GenerationRequest.Settings settings = request.settings();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("assets", texts(selection.assets()));
        members.put("madeFor", text(selection.madeFor()));
        members.put("fields", texts(selection.fields()));
        members.put("outfit", selection.outfit());
        members.put("plus", selection.plus());
        members.put("negative", selection.negative());
        members.put("match", selection.match().name());
        members.put("template", settings.template());
        members.put("size", text(settings.size()));
        members.put("seed", settings.seed() == null ? null : number(settings.seed()));
        members.put("steps", settings.steps());
        members.put("cfg", settings.cfg());
        members.put("sampler", settings.sampler());
        members.put("scheduler", settings.scheduler());
        members.put("loras", settings.loras().name());
        members.put("missing", settings.missing().name());
        members.put("cover", settings.cover().name());
        return withoutNulls(members);
    }

    private static JsonObject lora(PlannedLora lora) {
        return JsonObject.of(
                "slot",
                lora.slot(),
                "file",
                lora.lora().file(),
                "modelStrength",
                lora.lora().modelStrength(),
                "clipStrength",
                lora.lora().clipStrength(),
                ASSET,
                lora.asset().toString());
    }

    private static JsonObject part(PromptPart part) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("target", part.target().name());
        members.put("block", part.block());
        members.put(ASSET, text(part.asset()));
        members.put("field", text(part.field()));
        members.put("text", part.text());
        members.put("expandedFrom", part.template());
        return withoutNulls(members);
    }

    private static JsonObject seeds(Map<String, Seed> seeds) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        new TreeMap<>(seeds).forEach((role, seed) -> members.put(role, number(seed)));
        return new JsonObject(members);
    }

    private static JsonNumber number(Seed seed) {
        return new JsonNumber(seed.toString());
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Read once: a constant of the jar. */
    private static final class Version {
        static final String OF_GAZE = read();

        private static String read() {
            try (InputStream resource =
                    Objects.requireNonNull(MadeWith.class.getResourceAsStream("version.txt"), "version.txt")) {
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** What was not asked for is not there; neither are blank texts and empty lists. */
    private static JsonObject withoutNulls(Map<String, @Nullable Object> members) {
        Map<String, JsonValue> present = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            boolean nothing = value == null
                    || value instanceof String text && text.isBlank()
                    || value instanceof List<?> list && list.isEmpty();
            if (!nothing) {
                present.put(key, value instanceof String text ? new JsonText(text) : JsonValue.of(value));
            }
        });
        return new JsonObject(present);
    }
}
