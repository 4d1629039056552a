package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a server says when it refuses, by status or in an answer under status 200. */
final class Refusals {
    private static final JsonLimits LIMITS = new JsonLimits(1_000_000, 50);

    private static final String KEY = "\"llm\": {\"key\": …} in gaze.json, or GAZE_LLM_KEY";

    private final ChatSettings settings;
    private final Redaction redaction;

    Refusals(ChatSettings settings) {
        this.settings = settings;
        redaction = new Redaction(settings);
    }

    /** An HTTP answer with a status that tells no success. */
    Trouble answered(int status, byte[] body, @Nullable Duration retryAfter, String model) {
        JsonValue json = read(body);
        if (json instanceof JsonObject object) {
            return told(status, words(object), true, retryAfter, model);
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return told(status, text.stripLeading().startsWith("<") ? "" : text, false, retryAfter, model);
    }

    /** An error within an answer under status 200; its code, when it has one, counts as the status. */
    Trouble within(JsonObject answer, String model) {
        int status = answer.number("error", "code")
                .filter(code -> code.text().matches("[45]\\d\\d"))
                .map(code -> code.asInt())
                .orElse(0);
        return told(status, words(answer), true, null, model);
    }

    /** An answer that points elsewhere. A key is not carried to another address, so nobody follows. */
    Trouble redirected(int status, String target) {
        return new Trouble(
                ChatError.REFUSED,
                Problem.of("The server answered with status %d and points to %s".formatted(status, target))
                        .fix("give that address in the settings, if you trust it"),
                status,
                "",
                false,
                null,
                null);
    }

    private Trouble told(int status, String raw, boolean fromJson, @Nullable Duration retryAfter, String model) {
        String words = redaction.clean(raw);
        String said = words.toLowerCase(Locale.ROOT);
        ChatError error = error(status, said, fromJson, model.toLowerCase(Locale.ROOT));
        String what = what(error, status, model) + (words.isEmpty() ? "" : ": " + words);
        boolean passing =
                error == ChatError.RATE_LIMITED || error == ChatError.TIMEOUT || status == 500 || status == 502;
        return new Trouble(error, new Problem(what, null, fix(error, status)), status, said, passing, retryAfter, null);
    }

    private static ChatError error(int status, String said, boolean fromJson, String model) {
        boolean asked = !model.isEmpty(); // whoever asks for the list of models names none
        boolean namesModel = asked && (said.contains(model) || said.contains("model"));
        if (asked
                && fromJson
                && status == 404
                && (said.contains("not found") || namesModel)
                && !said.contains("tool")) {
            return ChatError.MODEL_NOT_FOUND;
        }
        if ((status == 400 || status == 0)
                && namesModel
                && (said.contains("not a valid model")
                        || said.contains("not found")
                        || said.contains("does not exist"))) {
            return ChatError.MODEL_NOT_FOUND;
        }
        if (status == 408 || status == 504) {
            return ChatError.TIMEOUT;
        }
        boolean noCredit = said.contains("insufficient_quota") || said.contains("exceeded your current quota");
        return (status == 429 || status == 503 || status == 529) && !noCredit
                ? ChatError.RATE_LIMITED
                : ChatError.REFUSED;
    }

    private static String what(ChatError error, int status, String model) {
        String with = status == 0 ? "with an error" : "with status " + status;
        return switch (error) {
            case MODEL_NOT_FOUND -> "The server has no model '%s'".formatted(model);
            case TIMEOUT -> "The server gave up waiting and answered " + with;
            case RATE_LIMITED -> "The server is asked too much and answered " + with;
            default -> "The server refused and answered " + with;
        };
    }

    private @Nullable String fix(ChatError error, int status) {
        return switch (error) {
            case MODEL_NOT_FOUND ->
                settings.kind() == ChatSettings.Kind.OPENAI
                        ? "name a model that the server lists"
                        : "name one that is installed, or install it with 'ollama pull'";
            case TIMEOUT -> "try again, or use a smaller model";
            case RATE_LIMITED -> "wait a while, ask less at once, or use another server";
            default -> refusedFix(status);
        };
    }

    private @Nullable String refusedFix(int status) {
        return switch (status) {
            case 401, 403 ->
                settings.key() == null
                        ? "this server wants a key; give one as " + KEY
                        : "check the key, and that it may use this model; it comes from " + KEY;
            case 402 -> "add credit at the provider, or use another model";
            case 404, 405 ->
                settings.kind() == ChatSettings.Kind.OPENAI
                        ? "check the address; it usually ends in /v1"
                        : "check that Ollama listens there; for other servers use the kind OPENAI";
            case 413 -> "send a shorter conversation or smaller pictures";
            case 429 -> "add credit at the provider";
            default -> status >= 500 ? "look at the log of the server" : null;
        };
    }

    private static @Nullable JsonValue read(byte[] body) {
        try {
            return Json.read(body, LIMITS);
        } catch (GazeException noJson) {
            return null; // many proxies answer with a web page or plain words
        }
    }

    /** The words of an error, in the forms OpenAI, Ollama, FastAPI and others give it. */
    private static String words(JsonObject answer) {
        StringBuilder words = new StringBuilder();
        answer.get("error").ifPresentOrElse(error -> add(words, error), () -> {
            answer.get("message").ifPresent(message -> add(words, message));
            answer.get("detail").ifPresent(detail -> add(words, detail));
        });
        return words.toString();
    }

    private static void add(StringBuilder words, JsonValue value) {
        if (value instanceof JsonText text) {
            words.append(words.isEmpty() ? "" : ", ").append(text.value());
        } else if (value instanceof JsonObject object) {
            object.get("message").or(() -> object.get("msg")).ifPresent(message -> add(words, message));
            object.text("code")
                    .filter(code -> !code.isBlank() && !code.matches("\\d+"))
                    .ifPresent(code -> words.append(" (").append(code).append(')'));
            // OpenRouter hides the words of the provider it asked in here.
            object.object("metadata").get("raw").ifPresent(raw -> add(words, raw));
        } else if (value instanceof JsonArray list) {
            list.items().stream().limit(3).forEach(item -> add(words, item));
        }
    }
}
