package dev.gaze.llm.tool;

import dev.gaze.api.Gaze;
import dev.gaze.api.Preview;
import dev.gaze.api.asset.AssetSummary;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Page;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.image.Image;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobResult;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A library as tools: look for assets, preview a prompt, make a picture, look how far it is; and the tag tools. What a
 * model may do with them is what a person at the keyboard may do, but nothing is deleted or overwritten.
 */
public final class LibraryTools {
    /** Below the 30 s that GAZE's own loop of tools gives a call, and what other programs do. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String WANTED = """
            {"type": "object", "additionalProperties": false, "properties": {
              "assets": {"type": "object", "additionalProperties": {"type": ["string", "array"], "items": {"type": "string"}},
                "description": "slugs by category, such as {\\"character\\": \\"mira_vale\\", \\"outfit\\": \\"raincoat\\"}; list_assets finds them"},
              "plus": {"type": "string", "description": "words that are added to the prompt"},
              "negative": {"type": "string", "description": "words for the negative prompt"}%s}}
            """;

    private final Gaze gaze;

    private LibraryTools(Gaze gaze) {
        this.gaze = gaze;
    }

    /**
     * The tools of a library.
     *
     * @param gaze an open library; its owner closes it
     * @return {@code list_assets}, {@code preview_prompt}, {@code generate_image}, {@code get_job} and the tag tools
     */
    public static List<ChatTool> of(Gaze gaze) {
        LibraryTools tools = new LibraryTools(gaze);
        List<ChatTool> all = new ArrayList<>();
        all.add(OwnTool.of(
                "list_assets",
                "Lists what there is to draw: the categories when none is named, else the assets of one, all or those whose name holds a text.",
                """
                {"type": "object", "additionalProperties": false, "properties": {
                  "category": {"type": "string", "description": "such as character, outfit or scene"},
                  "query": {"type": "string", "description": "a part of the name"},
                  "offset": {"type": "integer", "minimum": 0, "description": "how many to pass over"},
                  "limit": {"type": "integer", "minimum": 1, "maximum": 200, "description": "how many at most; 50 when left out"}}}
                """,
                tools::list));
        all.add(OwnTool.of(
                "preview_prompt",
                "Composes the prompt for a choice of assets without making a picture.",
                WANTED.formatted(""),
                tools::preview));
        all.add(OwnTool.of(
                "generate_image",
                "Makes a picture from a choice of assets and files it. Waits a while; a picture that takes longer is asked for with get_job.",
                WANTED.formatted("""
                        ,
                          "width": {"type": "integer", "minimum": 16, "maximum": 16384},
                          "height": {"type": "integer", "minimum": 16, "maximum": 16384},
                          "seed": {"type": "string", "pattern": "^[0-9]{1,20}$", "description": "the same seed gives the same picture"}"""),
                tools::generate));
        all.add(OwnTool.of(
                        "get_job",
                        "Tells how far a picture is, and where its file lies when it is done.",
                        """
                {"type": "object", "additionalProperties": false, "required": ["job"], "properties": {"job": {"type": "string"}}}
                """,
                        arguments -> job(gaze.jobs()
                                .get(JobId.parse(arguments.text("job").orElse("")))))
                .repeated());
        all.addAll(TagTools.over(gaze::tags));
        return List.copyOf(all);
    }

    private JsonValue list(JsonObject arguments) {
        String category = arguments.text("category").orElse(null);
        if (category == null) {
            return JsonObject.of(
                    "categories", gaze.categories().stream().map(Category::id).toList());
        }
        int offset = number(arguments, "offset", 0);
        int limit = number(arguments, "limit", 50);
        String query = arguments.text("query").orElse("");
        Page<AssetSummary> page = query.isBlank()
                ? gaze.assets(category).list(offset, limit)
                : gaze.assets(category).search(query, offset, limit);
        return JsonObject.of(
                "assets",
                page.items().stream()
                        .map(asset -> JsonObject.of("slug", asset.slug(), "name", asset.name()))
                        .toList(),
                "total",
                page.total());
    }

    private JsonValue preview(JsonObject arguments) {
        Preview preview = gaze.preview(wanted(arguments));
        return JsonObject.of(
                "positive", preview.prompt().positive(),
                "negative", preview.prompt().negative(),
                "face", preview.prompt().face(),
                "hand", preview.prompt().hand(),
                "loras",
                        preview.loras().stream().map(lora -> lora.lora().file()).toList(),
                "warnings", texts(preview.warnings()));
    }

    private JsonValue generate(JsonObject arguments) {
        GenerationRequest request = wanted(arguments);
        if (arguments.number("width").isPresent() || arguments.number("height").isPresent()) {
            request = request.size(number(arguments, "width", 1024), number(arguments, "height", 1024));
        }
        String seed = arguments.text("seed").orElse(null);
        Job job = gaze.generate(seed == null ? request : request.seed(Seed.parse(seed)));
        try {
            job.await(PATIENCE);
        } catch (GazeException notDone) {
            if (notDone.kind() != GazeException.Kind.TIMEOUT && notDone.kind() != GazeException.Kind.CANCELLED) {
                throw notDone;
            }
        }
        // The picture is made whoever waits for it: one who was interrupted is told its job too.
        boolean interrupted = Thread.interrupted();
        try {
            return job(gaze.jobs().get(job.id()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static JsonObject job(Job job) {
        JsonObject told =
                JsonObject.of("job", job.id().toString(), "state", job.state().name());
        JobResult result = job.result().orElse(null);
        if (result != null) {
            told = told.with(
                            "images",
                            JsonValue.of(result.images().stream()
                                    .map(Image::file)
                                    .map(Object::toString)
                                    .toList()))
                    .with("warnings", JsonValue.of(texts(result.warnings())));
        }
        Problem problem = job.problem().orElse(null);
        return problem == null ? told : told.with("problem", new JsonText(problem.toString()));
    }

    private static GenerationRequest wanted(JsonObject arguments) {
        GenerationRequest request = GenerationRequest.mix();
        for (Map.Entry<String, JsonValue> chosen :
                arguments.object("assets").members().entrySet()) {
            List<JsonValue> slugs =
                    chosen.getValue() instanceof JsonArray several ? several.items() : List.of(chosen.getValue());
            for (JsonValue slug : slugs) {
                request = request.with(chosen.getKey(), ((JsonText) slug).value());
            }
        }
        String plus = arguments.text("plus").orElse("");
        String negative = arguments.text("negative").orElse("");
        if (request.selection().assets().isEmpty() && plus.isBlank()) {
            throw new GazeException(
                    GazeException.Kind.INVALID,
                    Problem.of("Nothing is asked for: no asset is chosen and no words are given")
                            .fix("choose 'assets' (list_assets finds them), or give words as 'plus'"));
        }
        request = plus.isBlank() ? request : request.plus(plus);
        return negative.isBlank() ? request : request.negative(negative);
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private static int number(JsonObject arguments, String key, int otherwise) {
        return arguments.number(key).map(JsonNumber::asInt).orElse(otherwise);
    }
}
