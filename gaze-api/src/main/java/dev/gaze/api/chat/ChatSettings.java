package dev.gaze.api.chat;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a language model and how long to wait for it (G49, G112). Secrets in it are never printed.
 *
 * @param kind what the server speaks
 * @param url the base address, in the form {@link #base} gives it; a query is kept and sent, but never printed
 * @param model the model used when a request names none; null when every request names one
 * @param key sent as {@code Authorization: Bearer}; null when the server wants none
 * @param headers sent with every request, such as {@code HTTP-Referer}; never printed
 * @param labelledSystem whether a flattened text begins with {@code System: }; used by
 *     {@link Kind#OLLAMA_GENERATE} alone
 * @param limits how long to wait, and how much to take
 */
public record ChatSettings(
        Kind kind,
        URI url,
        @Nullable String model,
        @Nullable Secret key,
        Map<String, String> headers,
        boolean labelledSystem,
        Limits limits) {
    /** Where OpenRouter is. */
    public static final String OPENROUTER = "https://openrouter.ai/api/v1";
    /** Where LM Studio listens unless told otherwise. */
    public static final String LM_STUDIO = "http://localhost:1234/v1";
    /** Where Ollama listens unless told otherwise (P64). */
    public static final String OLLAMA = "http://localhost:11434/api/generate";
    /** The model that is used with Ollama unless told otherwise (P64). */
    public static final String OLLAMA_MODEL = "qwen3:latest";

    /** Wider than URI's own idea of a host: names of containers may hold an underscore. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");

    /** What a server speaks. */
    public enum Kind {
        /** OpenAI's chat completions, as OpenRouter, LM Studio, llama.cpp, vLLM and Ollama's {@code /v1} do. */
        OPENAI,
        /** Ollama's own {@code /api/chat}. A server too old for it is asked as {@link #OLLAMA_GENERATE}. */
        OLLAMA,
        /** Ollama's own {@code /api/generate} (P43): all messages as one text (P44), no tools. */
        OLLAMA_GENERATE
    }

    /**
     * How long to wait and how much to take. The times run on the {@code Time} seam.
     *
     * @param connect until a connection stands
     * @param silence how long the server may send nothing; without streaming, that is the whole answer (P45)
     * @param total until one turn is answered whole, attempts and pauses included
     * @param attempts how often one turn is tried at most, 1 … 10
     * @param pause before the second attempt; each further pause is twice as long, or as long as the server asks for.
     *     A server that asks for more than {@code total} leaves is not tried again.
     * @param maxAnswerBytes an answer larger than this is refused
     */
    public record Limits(
            Duration connect, Duration silence, Duration total, int attempts, Duration pause, long maxAnswerBytes) {
        /** 10 s to connect, 120 s of silence, 10 min a turn, 3 attempts, 1 s before the second, 10 MB. */
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofMinutes(10),
                3,
                Duration.ofSeconds(1),
                10_000_000);

        /** Checks the ranges. */
        public Limits {
            if (!positive(connect) || !positive(silence) || !positive(total) || pause.isNegative()) {
                throw new IllegalArgumentException(
                        "Limits of a model server are connect %s, silence %s, total %s, pause %s; each must be more than zero, the pause at least zero"
                                .formatted(connect, silence, total, pause));
            }
            if (attempts < 1 || attempts > 10 || maxAnswerBytes < 1) {
                throw new IllegalArgumentException(
                        "Limits of a model server are %d attempts and %d bytes; accepted are 1 to 10 attempts and 1 byte or more"
                                .formatted(attempts, maxAnswerBytes));
            }
        }

        private static boolean positive(Duration duration) {
            return !duration.isNegative() && !duration.isZero();
        }
    }

    /** Checks the address; no message shows more of it than the host. */
    public ChatSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(limits, "limits");
        String authority = String.valueOf(url.getRawAuthority());
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                || !HOST.matcher(authority.substring(authority.lastIndexOf('@') + 1))
                        .matches()) {
            throw new IllegalArgumentException(
                    "The address of a model server is no web address; expected e.g. " + LM_STUDIO);
        }
        if (authority.contains("@")) {
            throw new IllegalArgumentException(
                    "The address of a model server holds credentials; give them as its key or as a header");
        }
        model = model == null || model.isBlank() ? null : model.strip();
        headers = Map.copyOf(headers);
        headers.forEach(ChatSettings::requireHeader);
    }

    /**
     * A server that speaks OpenAI's chat completions.
     *
     * @param url the base address, such as {@link #OPENROUTER}; {@code /chat/completions} at its end is removed, a
     *     missing scheme is {@code http}
     * @param model the model used when a request names none; null or blank for none
     * @param key the key; null when it wants none
     * @return the settings, with default limits
     * @throws IllegalArgumentException if the address is none
     */
    public static ChatSettings openAi(String url, @Nullable String model, @Nullable Secret key) {
        return new ChatSettings(
                Kind.OPENAI, URI.create(base(Kind.OPENAI, url)), model, key, Map.of(), false, Limits.DEFAULT);
    }

    /**
     * An Ollama server.
     *
     * @param url its address, such as {@link #OLLAMA}, in any of the forms {@link #base} takes
     * @param model the model used when a request names none; null or blank for none
     * @return the settings, with default limits
     * @throws IllegalArgumentException if the address is none
     */
    public static ChatSettings ollama(String url, @Nullable String model) {
        return new ChatSettings(
                Kind.OLLAMA, URI.create(base(Kind.OLLAMA, url)), model, null, Map.of(), false, Limits.DEFAULT);
    }

    /**
     * The base of an address somebody typed: without a scheme it is {@code http}; slashes at the end go; for Ollama
     * {@code /api/generate}, {@code /api/chat} and {@code /api} at the end go, for the others {@code /chat/completions}.
     * A path before that stays, and blank stays blank.
     *
     * @param kind what the server speaks
     * @param url what was typed
     * @return the base
     * @throws IllegalArgumentException if it is no address; the message does not repeat it
     */
    public static String base(Kind kind, String url) {
        String text = url.strip();
        if (text.isEmpty()) {
            return "";
        }
        if (!text.contains("://")) {
            text = "http://" + text;
        }
        try {
            URI typed = new URI(text);
            String path = withoutEnd(typed.getRawPath() == null ? "" : typed.getRawPath(), kind);
            String scheme = String.valueOf(typed.getScheme()).toLowerCase(Locale.ROOT);
            String query = typed.getRawQuery() == null ? "" : "?" + typed.getRawQuery();
            return new URI(scheme + "://" + typed.getRawAuthority() + path + query).toString();
        } catch (URISyntaxException broken) {
            // Its message would repeat the address, which may hold a key.
            throw new IllegalArgumentException(
                    "The address of a model server is no web address; expected e.g. " + LM_STUDIO);
        }
    }

    private static String withoutEnd(String path, Kind kind) {
        String bare = withoutSlashes(path);
        String[] ends = kind == Kind.OPENAI
                ? new String[] {"/chat/completions"}
                : new String[] {"/api/generate", "/api/chat", "/api"};
        for (String end : ends) {
            if (bare.endsWith(end)) {
                return withoutSlashes(bare.substring(0, bare.length() - end.length()));
            }
        }
        return bare;
    }

    private static String withoutSlashes(String path) {
        String bare = path;
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare;
    }

    private static void requireHeader(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException("'%s' is no header name".formatted(name));
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
            throw new IllegalArgumentException(
                    "The value of header '%s' holds a character that headers cannot carry".formatted(name));
        }
    }

    /**
     * With another default model.
     *
     * @param model the model; null or blank for none
     * @return a changed copy
     */
    public ChatSettings withModel(@Nullable String model) {
        return new ChatSettings(kind, url, model, key, headers, labelledSystem, limits);
    }

    /**
     * With another kind of server at the same address.
     *
     * @param kind what it speaks
     * @return a changed copy
     */
    public ChatSettings withKind(Kind kind) {
        return new ChatSettings(kind, url, model, key, headers, labelledSystem, limits);
    }

    /**
     * With another key.
     *
     * @param key the key; null for none
     * @return a changed copy
     */
    public ChatSettings withKey(@Nullable Secret key) {
        return new ChatSettings(kind, url, model, key, headers, labelledSystem, limits);
    }

    /**
     * With other headers.
     *
     * @param headers sent with every request
     * @return a changed copy
     */
    public ChatSettings withHeaders(Map<String, String> headers) {
        return new ChatSettings(kind, url, model, key, headers, labelledSystem, limits);
    }

    /**
     * With or without a label before the system text of a flattened message.
     *
     * @param labelledSystem whether it begins with {@code System: }
     * @return a changed copy
     */
    public ChatSettings withLabelledSystem(boolean labelledSystem) {
        return new ChatSettings(kind, url, model, key, headers, labelledSystem, limits);
    }

    /**
     * With other limits.
     *
     * @param limits how long to wait, and how much to take
     * @return a changed copy
     */
    public ChatSettings withLimits(Limits limits) {
        return new ChatSettings(kind, url, model, key, headers, labelledSystem, limits);
    }

    /**
     * The address for messages: without its query, which may hold a key.
     *
     * @return scheme, host, port and path
     */
    public String place() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    /** Kind, address and model; of headers the names, of the key whether there is one. */
    @Override
    public String toString() {
        return "ChatSettings[" + kind + ", " + place() + (model == null ? "" : ", model " + model)
                + (headers.isEmpty() ? "" : ", headers " + headers.keySet()) + (key == null ? "" : ", with a key")
                + "]";
    }
}
