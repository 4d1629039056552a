package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** HTTP with one server: the address and the key of the settings with every request, no redirects, an end to waits. */
final class Http implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ChatSettings settings;
    private final Deadlines deadlines;
    private final HttpUrl base;
    private final Headers headers;
    /** A server has a handful of paths, asked for again and again. */
    private final Map<List<String>, HttpUrl> urls = new ConcurrentHashMap<>();

    private final OkHttpClient client;

    Http(ChatSettings settings, Deadlines deadlines) {
        this.settings = settings;
        this.deadlines = deadlines;
        HttpUrl url = HttpUrl.parse(settings.url().toString());
        if (url == null) {
            throw new IllegalArgumentException(
                    "The address of a model server is no web address; expected e.g. " + ChatSettings.LM_STUDIO);
        }
        base = url;
        headers = headers(settings);
        client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(8, IDLE.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(true) // connections that went stale while idle; the rest is ModelServer's
                // Every end is the exchange's. OkHttp's own would wake its watchdog with each read and write.
                .connectTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .eventListenerFactory(call -> {
                    Exchange exchange = call.request().tag(Exchange.class);
                    return exchange == null ? EventListener.NONE : exchange;
                })
                .build();
    }

    private static Headers headers(ChatSettings settings) {
        Headers.Builder all = new Headers.Builder()
                .set("User-Agent", "gaze")
                .set("Accept", "application/json, text/event-stream, application/x-ndjson");
        settings.headers().forEach(all::set);
        if (settings.key() != null) {
            all.set("Authorization", "Bearer " + settings.key().value());
        }
        return all.build();
    }

    /** The limits of one exchange; its silence begins when {@link #post} or {@link #get} makes the call. */
    Exchange exchange(Duration silence) {
        return new Exchange(deadlines, settings.limits().connect(), silence);
    }

    Call post(List<String> path, JsonObject body, Exchange exchange) {
        return call(new Request.Builder().post(RequestBody.create(Json.compact(body), JSON)), path, exchange);
    }

    Call get(List<String> path, Exchange exchange) {
        return call(new Request.Builder(), path, exchange);
    }

    private Call call(Request.Builder request, List<String> path, Exchange exchange) {
        Call call = client.newCall(request.url(urls.computeIfAbsent(path, this::url))
                .headers(headers)
                .tag(Exchange.class, exchange)
                .build());
        exchange.begin(call);
        return call;
    }

    private HttpUrl url(List<String> path) {
        HttpUrl.Builder url = base.newBuilder();
        path.forEach(url::addPathSegment);
        return url.build();
    }

    /** The address an answer points to, without what may be secret. */
    String target(Response response) {
        String location = response.header("Location");
        HttpUrl target = location == null ? null : response.request().url().resolve(location);
        return target == null
                ? "another address"
                : target.scheme() + "://" + target.host() + ":" + target.port() + target.encodedPath();
    }

    /** Why a connection gave no answer, or only part of one. */
    Trouble broken(IOException broken, Exchange exchange, boolean begun) {
        Exchange.Overrun overrun = exchange.overrun();
        if (overrun == Exchange.Overrun.SILENCE) {
            return trouble(
                    ChatError.TIMEOUT,
                    "The server sent nothing for " + seconds(exchange.silence()),
                    "use a smaller model, or allow a longer silence in the settings",
                    false,
                    broken);
        }
        if (overrun == Exchange.Overrun.CONNECT) {
            return unreachable(
                    "No connection within " + seconds(settings.limits().connect()), broken);
        }
        if (broken instanceof SSLException) {
            return trouble(
                    ChatError.CANNOT_CONNECT,
                    "No safe connection to the server",
                    "check that the address should begin with https, and the server's certificate",
                    false,
                    broken);
        }
        if (broken instanceof UnknownHostException) {
            return unreachable("The server's host name is unknown", broken);
        }
        if (broken instanceof ConnectException) {
            return unreachable("Nobody listens at the server's address", broken);
        }
        return begun
                ? trouble(
                        ChatError.BAD_ANSWER,
                        "The connection broke in the middle of the answer",
                        "try again; look at the log of the server",
                        false,
                        broken)
                : unreachable("The connection broke before an answer came", broken);
    }

    private Trouble unreachable(String what, IOException cause) {
        return trouble(
                ChatError.CANNOT_CONNECT,
                what,
                settings.kind() == ChatSettings.Kind.OPENAI
                        ? "start the server, or check the address in the settings"
                        : "start Ollama ('ollama serve'), or check the address in the settings",
                true,
                cause);
    }

    private static Trouble trouble(ChatError error, String what, String fix, boolean passing, IOException cause) {
        return new Trouble(error, new Problem(what, null, fix), 0, "", passing, null, cause);
    }

    static String seconds(Duration duration) {
        String text = String.valueOf(duration.toMillis() / 1000.0);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
