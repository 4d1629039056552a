package dev.gaze.core.settings;

import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatSettings.Kind;
import dev.gaze.api.chat.Secret;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.NearestNames;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which language model to use: an address, or an object with a model and a key beside it. Without either the
 * environment is asked, and then it is the Ollama of this machine (P64).
 */
final class ChatReader {
    static final String LLM = "llm";
    /** Names the address when the settings do not. */
    static final String URL_VARIABLE = "GAZE_LLM_URL";
    /** Names the model beside {@link #URL_VARIABLE}. */
    static final String MODEL_VARIABLE = "GAZE_LLM_MODEL";
    /** Holds the key beside {@link #URL_VARIABLE}. */
    static final String KEY_VARIABLE = "GAZE_LLM_KEY";

    private static final String KIND = "kind";
    private static final String URL = "url";
    private static final String MODEL = "model";
    private static final String KEY = "key";
    private static final String HEADERS = "headers";
    private static final String CONNECT = "connectSeconds";
    private static final String SILENCE = "silenceSeconds";
    private static final String TOTAL = "totalSeconds";
    private static final String ATTEMPTS = "attempts";
    private static final String LABEL = "labelledSystem";
    private static final Set<String> KNOWN =
            Set.of(KIND, URL, MODEL, KEY, HEADERS, CONNECT, SILENCE, TOTAL, ATTEMPTS, LABEL);
    private static final Pattern OLLAMA = Pattern.compile(".*/api(/generate|/chat)?/*$|[^/]*(//)?[^/]*:11434/*$");
    private static final String EXPECTED = "write e.g. { \"url\": \"" + ChatSettings.OPENROUTER
            + "\", \"model\": \"…\", \"key\": \"env:OPENROUTER_API_KEY\" }";

    private final Secrets secrets;
    private final Function<String, @Nullable String> environment;
    private final Findings findings;

    ChatReader(Secrets secrets, Function<String, @Nullable String> environment, Findings findings) {
        this.secrets = secrets;
        this.environment = environment;
        this.findings = findings;
    }

    ChatSettings read(@Nullable JsonValue value) {
        if (value instanceof JsonObject object) {
            return read(object);
        }
        if (value instanceof JsonText text) {
            return settings(null, text.value(), null, null, List.of(LLM));
        }
        if (value != null) {
            findings.problem(List.of(LLM), "'llm' is %s; expected an address".formatted(value.describe()), EXPECTED);
        }
        return byEnvironment();
    }

    private ChatSettings byEnvironment() {
        String url = environment.apply(URL_VARIABLE);
        if (url == null || url.isBlank()) {
            return usual();
        }
        String key = environment.apply(KEY_VARIABLE);
        return settings(null, url, environment.apply(MODEL_VARIABLE), key, List.of(LLM));
    }

    private static ChatSettings usual() {
        return ChatSettings.ollama(ChatSettings.OLLAMA, ChatSettings.OLLAMA_MODEL);
    }

    private ChatSettings read(JsonObject object) {
        object.members().keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .forEach(key -> findings.warning(
                        List.of(LLM, key),
                        "'%s' is nothing a language model has, and has no effect".formatted(key),
                        NearestNames.fix(key, KNOWN, "a language model has")));
        String url = findings.text(object, path(URL)).orElse(ChatSettings.OLLAMA);
        String key = findings.text(object, path(KEY))
                .flatMap(text -> secrets.secret(text, path(KEY)))
                .orElse(null);
        ChatSettings settings =
                settings(kind(object), url, findings.text(object, path(MODEL)).orElse(null), key, path(URL));
        try {
            return settings.withHeaders(headers(object))
                    .withLabelledSystem(
                            object.text(LABEL).filter("true"::equals).isPresent())
                    .withLimits(limits(object));
        } catch (IllegalArgumentException wrong) {
            findings.problem(path(HEADERS), wrong.getMessage(), null);
            return settings;
        }
    }

    private ChatSettings settings(
            @Nullable Kind given, String url, @Nullable String model, @Nullable String key, List<String> path) {
        Kind kind = given == null ? (OLLAMA.matcher(url.strip()).matches() ? Kind.OLLAMA : Kind.OPENAI) : given;
        boolean own = url.equals(ChatSettings.OLLAMA) && kind != Kind.OPENAI;
        try {
            return new ChatSettings(
                    kind,
                    URI.create(ChatSettings.base(kind, url)),
                    model == null && own ? ChatSettings.OLLAMA_MODEL : model,
                    key == null || key.isBlank() ? null : Secret.of(key),
                    Map.of(),
                    false,
                    ChatSettings.Limits.DEFAULT);
        } catch (IllegalArgumentException wrong) {
            // URI's own message would repeat the address; ours never does.
            String what = wrong.getMessage().contains("model server")
                            || wrong.getMessage().contains("key")
                    ? wrong.getMessage()
                    : "The address of the language model is no web address";
            findings.problem(path, what, EXPECTED);
            return usual();
        }
    }

    private @Nullable Kind kind(JsonObject object) {
        String name = findings.text(object, path(KIND)).orElse(null);
        if (name == null) {
            return null;
        }
        List<String> known = List.of("openai", "ollama", "ollama-generate");
        int at = known.indexOf(name.toLowerCase(Locale.ROOT));
        if (at < 0) {
            findings.problem(
                    path(KIND), "There is no kind '%s'".formatted(name), NearestNames.fix(name, known, "kinds"));
            return null;
        }
        return Kind.values()[at];
    }

    private Map<String, String> headers(JsonObject object) {
        Map<String, String> headers = new LinkedHashMap<>();
        object.object(HEADERS).members().forEach((name, value) -> {
            List<String> at = List.of(LLM, HEADERS, name);
            if (value instanceof JsonText text) {
                secrets.header(name, text.value(), at).ifPresent(known -> headers.put(name, known));
            } else {
                findings.problem(at, "Header '%s' is no text".formatted(name), "write a text");
            }
        });
        return headers;
    }

    private ChatSettings.Limits limits(JsonObject object) {
        ChatSettings.Limits usual = ChatSettings.Limits.DEFAULT;
        return new ChatSettings.Limits(
                Duration.ofSeconds(whole(object, CONNECT, 3600, usual.connect().toSeconds())),
                Duration.ofSeconds(
                        whole(object, SILENCE, 86_400, usual.silence().toSeconds())),
                Duration.ofSeconds(whole(object, TOTAL, 86_400, usual.total().toSeconds())),
                whole(object, ATTEMPTS, 10, usual.attempts()),
                usual.pause(),
                usual.maxAnswerBytes());
    }

    private int whole(JsonObject object, String key, int most, long usual) {
        JsonValue value = object.get(key).orElse(null);
        if (value instanceof JsonNumber number && number.text().matches("[1-9]\\d{0,5}")) {
            int given = Integer.parseInt(number.text());
            if (given <= most) {
                return given;
            }
        }
        if (value != null) {
            findings.problem(
                    path(key),
                    "%s is %s; expected a whole number from 1 to %d".formatted(key, value.describe(), most),
                    null);
        }
        return (int) usual;
    }

    private static List<String> path(String key) {
        return List.of(LLM, key);
    }
}
