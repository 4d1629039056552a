package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.core.image.ImageLimits;
import dev.gaze.core.job.JobLimits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the JSON of a settings file into {@link Settings}. Reads on past what is wrong, so that all of it is found. */
final class SettingsReader {
    private static final String SERVERS = "servers";
    private static final String MODEL_ROOTS = "modelRoots";
    private static final String FOLDERS = "folders";
    private static final String LIMITS = "limits";
    static final String DEFAULT_CHECKPOINT = "defaultCheckpoint";
    private static final Set<String> KNOWN = Set.of(
            SERVERS,
            MODEL_ROOTS,
            DEFAULT_CHECKPOINT,
            FOLDERS,
            LIMITS,
            DatabaseReader.DATABASE,
            ChatReader.LLM,
            ToolServersReader.MCP,
            TagsReader.TAGS,
            TagsReader.CATEGORIES,
            PresetsReader.PRESETS,
            WriterReader.WRITER,
            Settings.WILDCARDS);
    private static final Set<String> KNOWN_LIMITS = Set.of(
            "imageBytes",
            "imagePixels",
            "jobs",
            "jobAgeSeconds",
            "queued",
            "attempts",
            "awaySeconds",
            "patienceSeconds",
            "claims",
            "heartbeatSeconds",
            "connectSeconds",
            "answerSeconds",
            "queuedSeconds",
            "runningSeconds",
            "silenceSeconds");

    private final JsonObject json;
    private final Path library;
    private final Findings findings;
    private final ServerReader servers;
    private final DatabaseReader database;
    private final TagsReader tags;
    private final ChatReader llm;
    private final ToolServersReader toolServers;

    SettingsReader(JsonObject json, Path library, Function<String, @Nullable String> environment, Findings findings) {
        this.json = json;
        this.library = library;
        this.findings = findings;
        Secrets secrets = new Secrets(environment, findings);
        servers = new ServerReader(secrets, findings);
        database = new DatabaseReader(secrets, findings);
        tags = new TagsReader(library, environment, findings);
        llm = new ChatReader(secrets, environment, findings);
        toolServers = new ToolServersReader(secrets, findings);
    }

    Settings read() {
        suspect(json, KNOWN, false, List.of(), "settings");
        Limits limits = limits();
        Settings settings = new Settings(
                servers.read(items(SERVERS), limits.servers()),
                modelRoots(),
                text(DEFAULT_CHECKPOINT)
                        .filter(path -> !path.isBlank())
                        .map(path -> path.strip().replace('\\', '/'))
                        .orElse(null),
                folders(),
                limits,
                tags.read(
                        json.get(TagsReader.TAGS).orElse(null),
                        json.get(TagsReader.CATEGORIES).orElse(null)),
                new PresetsReader(findings).read(json.get(PresetsReader.PRESETS).orElse(null)),
                new WriterReader(findings).read(json.get(WriterReader.WRITER).orElse(null)),
                llm.read(json.get(ChatReader.LLM).orElse(null)),
                toolServers.read(json.get(ToolServersReader.MCP).orElse(null)),
                wildcards(),
                database.read(json.get(DatabaseReader.DATABASE).orElse(null)).orElse(null),
                findings.warnings());
        findings.throwIfAny();
        return settings;
    }

    /**
     * A key nobody knows is kept; one that is nearly a known key is probably a slip.
     *
     * @param closed whether nobody else has a use for keys here, so that every unknown one is a slip
     */
    private void suspect(JsonObject object, Set<String> known, boolean closed, List<String> path, String plural) {
        object.members().keySet().stream()
                .filter(key -> !known.contains(key)
                        && (closed || !NearestNames.of(key, known).isEmpty()))
                .forEach(key -> findings.warning(
                        path(path, key),
                        "'%s' is no setting and has no effect".formatted(key),
                        NearestNames.fix(key, known, plural)));
    }

    private Map<String, List<Path>> modelRoots() {
        Map<String, List<Path>> roots = new LinkedHashMap<>();
        object(MODEL_ROOTS).members().forEach((folder, value) -> {
            List<JsonValue> items = value instanceof JsonArray list ? list.items() : List.of(value);
            List<Path> paths = new ArrayList<>();
            for (JsonValue item : items) {
                folder(item, List.of(MODEL_ROOTS, folder), library).ifPresent(paths::add);
            }
            roots.put(folder, List.copyOf(paths));
        });
        return roots;
    }

    private List<Path> wildcards() {
        List<Path> folders = new ArrayList<>();
        for (JsonValue item : items(Settings.WILDCARDS)) {
            folder(item, List.of(Settings.WILDCARDS), library).ifPresent(folders::add);
        }
        return folders;
    }

    private Map<String, Path> folders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        JsonObject given = object(FOLDERS);
        for (String name : List.of(Settings.DATA, Settings.UPLOADS)) {
            given.get(name)
                    .flatMap(value -> folder(value, List.of(FOLDERS, name), library))
                    .ifPresent(path -> folders.put(name, path));
        }
        Path data = folders.getOrDefault(Settings.DATA, library.resolve(Settings.DATA));
        given.members().forEach((name, value) -> {
            if (!folders.containsKey(name)) {
                folder(value, List.of(FOLDERS, name), data).ifPresent(path -> folders.put(name, path));
            }
        });
        return folders;
    }

    private Optional<Path> folder(JsonValue value, List<String> path, Path base) {
        if (value instanceof JsonText text && !text.value().isBlank()) {
            try {
                return Optional.of(base.resolve(text.value().strip()).normalize());
            } catch (InvalidPathException unspeakable) {
                findings.problem(path, "This is no path: " + unspeakable.getReason(), "write the path of a folder");
                return Optional.empty();
            }
        }
        findings.problem(
                path,
                "'%s' is %s; expected the path of a folder".formatted(String.join(".", path), value.describe()),
                null);
        return Optional.empty();
    }

    private Limits limits() {
        suspect(object(LIMITS), KNOWN_LIMITS, true, List.of(LIMITS), "limits");
        Limits usual = Limits.DEFAULT;
        ServerSettings.Limits server = usual.servers();
        ImageLimits images = new ImageLimits(
                whole("imageBytes", 1, Integer.MAX_VALUE - 64, usual.images().maxBytes()),
                whole("imagePixels", 1, Long.MAX_VALUE, usual.images().maxPixels()));
        return new Limits(
                images,
                new ServerSettings.Limits(
                        seconds("connectSeconds", 1, server.connect()),
                        seconds("answerSeconds", 1, server.answer()),
                        seconds("queuedSeconds", 0, server.queued()),
                        seconds("runningSeconds", 0, server.running()),
                        seconds("silenceSeconds", 1, server.silence()),
                        images.maxBytes()),
                jobs(usual.jobs()));
    }

    private JobLimits jobs(JobLimits usual) {
        return new JobLimits(
                (int) whole("queued", 1, 10_000_000, usual.queued()),
                (int) whole("attempts", 1, 100, usual.attempts()),
                seconds("awaySeconds", 1, usual.away()),
                seconds("patienceSeconds", 1, usual.patience()),
                (int) whole("jobs", 1, 10_000_000, usual.keep()),
                seconds("jobAgeSeconds", 1, usual.keepFor()),
                (int) whole("claims", 1, 4_096, usual.window()),
                seconds("heartbeatSeconds", 1, usual.heartbeat()));
    }

    private Duration seconds(String key, long least, Duration usual) {
        return Duration.ofSeconds(whole(key, least, Integer.MAX_VALUE, usual.toSeconds()));
    }

    private long whole(String key, long least, long most, long usual) {
        JsonValue value = object(LIMITS).get(key).orElse(null);
        if (value == null) {
            return usual;
        }
        if (value instanceof JsonNumber number && number.isWhole()) {
            var given = number.asBigInteger();
            if (given.bitLength() < Long.SIZE && given.longValue() >= least && given.longValue() <= most) {
                return given.longValue();
            }
        }
        findings.problem(
                List.of(LIMITS, key),
                "limits.%s is %s; expected a whole number from %d to %d".formatted(key, value.describe(), least, most),
                null);
        return usual;
    }

    private List<JsonValue> items(String key) {
        JsonValue value = json.get(key).orElse(null);
        if (value instanceof JsonArray list) {
            return list.items();
        }
        if (value != null) {
            findings.problem(
                    List.of(key),
                    "'%s' is %s; expected a list".formatted(key, value.describe()),
                    "put it in brackets: \"%s\": […]".formatted(key));
        }
        return List.of();
    }

    private JsonObject object(String key) {
        JsonValue value = json.get(key).orElse(JsonObject.empty());
        if (value instanceof JsonObject object) {
            return object;
        }
        findings.problem(List.of(key), "'%s' is %s; expected an object".formatted(key, value.describe()), null);
        return JsonObject.empty();
    }

    private Optional<String> text(String key) {
        JsonValue value = json.get(key).orElse(null);
        if (value instanceof JsonText text) {
            return Optional.of(text.value());
        }
        if (value != null && value != JsonNull.NULL) {
            findings.problem(List.of(key), "'%s' is %s; expected a text".formatted(key, value.describe()), null);
        }
        return Optional.empty();
    }

    static List<String> path(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }
}
