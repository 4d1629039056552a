package dev.gaze.comfy.client;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as ComfyUI wants it: HTTP/1.1, no {@code Origin}, no redirects, the same credentials with every request, an end
 * to every wait and to every answer. Calls run on the caller's own thread. Its threads are daemons and end with
 * {@link #close}.
 */
final class Http implements AutoCloseable {
    /** ComfyUI's server closes idle connections after 75 s; we let go first. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final Duration PING = Duration.ofSeconds(30);

    private final ServerSettings.Limits limits;
    private final HttpUrl base;
    private final Headers headers;
    private final OkHttpClient client;
    /** Shares connections and threads with the other. */
    private final OkHttpClient sockets;

    private final ExecutorService threads;
    private final Deadlines deadlines;
    /** Calls under way, so that closing ends each, however far it has come: no limit runs any more then. */
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Http(ServerSettings settings, Deadlines deadlines) {
        this.limits = settings.limits();
        this.deadlines = deadlines;
        base = base(settings);
        headers = headers(settings);
        AtomicInteger counted = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "gaze-comfy-" + base.host() + "-" + counted.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(threads))
                .socketFactory(new UndelayedSockets())
                .connectionPool(new ConnectionPool(8, IDLE.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                // Every end of a call is its patience's. OkHttp's own would wake its watchdog with each read and write.
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .eventListenerFactory(call -> {
                    Patience patience = call.request().tag(Patience.class);
                    return patience == null ? EventListener.NONE : patience;
                })
                .build();
        sockets = client.newBuilder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.answer())
                .writeTimeout(limits.answer())
                .pingInterval(PING)
                .build();
    }

    private static HttpUrl base(ServerSettings settings) {
        HttpUrl url = HttpUrl.parse(settings.address().toString());
        if (url == null) {
            throw new IllegalArgumentException(
                    "Address of server '%s' is no web address; expected e.g. 'http://127.0.0.1:8188'"
                            .formatted(settings.name()));
        }
        return url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build();
    }

    private static Headers headers(ServerSettings settings) {
        Headers.Builder all = new Headers.Builder().set("User-Agent", "gaze");
        settings.headers().forEach((name, value) -> set(all, name, value));
        String secret = settings.secret();
        String user = settings.user();
        if (user != null) {
            set(all, "Authorization", Credentials.basic(user, secret == null ? "" : secret, StandardCharsets.UTF_8));
        } else if (secret != null) {
            set(all, "Authorization", "Bearer " + secret);
        }
        return all.build();
    }

    /** OkHttp checks headers too, but its message repeats the value, which may be a key. */
    private static void set(Headers.Builder all, String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException("'%s' is no header name".formatted(name));
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
            throw new IllegalArgumentException(
                    "The value of header '%s' holds a character that headers cannot carry".formatted(name));
        }
        all.set(name, value);
    }

    /** The address without credentials, for messages. */
    String server() {
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@code path} below the base path; each part is encoded on its own, so a slash in a name stays in the name. */
    HttpUrl url(String... path) {
        HttpUrl.Builder url = base.newBuilder();
        if (!base.pathSegments().get(base.pathSize() - 1).isEmpty()) {
            url.addPathSegment("");
        }
        for (String part : path) {
            url.addPathSegment(part);
        }
        return url.build();
    }

    /** An answer that was read whole, whatever its status. */
    record Reply(
            String what,
            int status,
            String contentType,
            byte[] body,
            @Nullable String redirect) {}

    /** Reads the answer to a GET as JSON. */
    JsonValue get(HttpUrl url) {
        return json(require(exchange("GET " + url.encodedPath(), new Request.Builder().url(url), answers())));
    }

    /** As {@link #get}; null when there is no such thing. */
    @Nullable
    JsonValue find(HttpUrl url) {
        Reply reply = exchange("GET " + url.encodedPath(), new Request.Builder().url(url), answers());
        return reply.status() == 404 ? null : json(require(reply));
    }

    /** Reads the answer to a GET as it is. */
    byte[] bytes(HttpUrl url, long limit) {
        Reply reply = require(exchange("GET " + url.encodedPath(), new Request.Builder().url(url), limit));
        if (reply.contentType().contains("text/html")) {
            throw failure(new ComfyError.NotComfy(reply.what(), "a web page"), null);
        }
        return reply.body();
    }

    /** Sends a POST and wants nothing but its success. */
    void post(HttpUrl url, RequestBody body) {
        require(exchange(
                "POST " + url.encodedPath(), new Request.Builder().url(url).post(body), answers()));
    }

    /** Sends a POST and gives its answer, whatever its status. */
    Reply ask(HttpUrl url, RequestBody body, Patience patience) {
        return exchange(
                "POST " + url.encodedPath(), new Request.Builder().url(url).post(body), answers(), patience);
    }

    Patience patience() {
        return new Patience(deadlines, limits);
    }

    private static long answers() {
        return JsonLimits.ANSWER.maxBytes();
    }

    private Reply exchange(String what, Request.Builder request, long limit) {
        return exchange(what, request, limit, patience());
    }

    private Reply exchange(String what, Request.Builder request, long limit, Patience patience) {
        Call call = client.newCall(
                request.headers(headers).tag(Patience.class, patience).build());
        calls.add(call);
        patience.begin(call);
        if (closed) {
            call.cancel();
        }
        try (Response response = call.execute()) {
            return new Reply(
                    what,
                    response.code(),
                    String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT),
                    read(what, response, limit),
                    response.header("Location"));
        } catch (IOException broken) {
            throw broken(what, broken, patience);
        } catch (RejectedExecutionException ended) {
            throw closed(ended);
        } finally {
            patience.end();
            calls.remove(call);
        }
    }

    private byte[] read(String what, Response response, long limit) throws IOException {
        BufferedSource source = response.body().source();
        if (response.body().contentLength() > limit || source.request(limit + 1)) {
            throw failure(new ComfyError.TooLarge(what, limit), null);
        }
        return source.readByteArray();
    }

    private GazeException broken(String what, IOException broken, Patience patience) {
        String overrun = patience.overrun();
        if (overrun != null) {
            return failure(new ComfyError.Unreachable(overrun), broken);
        }
        if (closed) {
            return closed(broken);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new GazeException(
                    GazeException.Kind.CANCELLED,
                    null,
                    List.of(Problem.of("The thread was interrupted while it waited for '" + what + "'")
                            .at(server())),
                    broken);
        }
        if (broken instanceof SSLException) {
            return new GazeException(
                    GazeException.Kind.INVALID,
                    null,
                    List.of(Problem.of("No safe connection: " + broken.getMessage())
                            .at(server())
                            .fix("check that the address should begin with https, and the server's certificate")),
                    broken);
        }
        if (patience.sent() && (broken instanceof ProtocolException || broken instanceof EOFException)) {
            return failure(new ComfyError.CutShort(what), broken);
        }
        return failure(new ComfyError.Unreachable(reason(broken)), broken);
    }

    private static String reason(IOException broken) {
        if (broken instanceof UnknownHostException) {
            return "its host name is unknown";
        }
        if (broken instanceof ConnectException) {
            return "nobody listens there";
        }
        return "the connection broke ("
                + (broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage()) + ")";
    }

    private GazeException closed(Exception cause) {
        return new GazeException(
                GazeException.Kind.CANCELLED,
                null,
                List.of(Problem.of("The connection to the server was closed here")
                        .at(server())),
                cause);
    }

    ComfyException failure(ComfyError error, @Nullable Throwable cause) {
        return new ComfyException(error, server(), cause);
    }

    ComfyException otherShape(String what) {
        return failure(new ComfyError.NotComfy(what, "JSON of another shape"), null);
    }

    /** Gives the reply back when its status tells success. */
    Reply require(Reply reply) {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return reply;
        }
        if (status >= 500) {
            throw failure(new ComfyError.ServerFailed(status, reply.what()), null);
        }
        HttpUrl target = reply.redirect() == null ? null : base.resolve(reply.redirect());
        throw failure(
                new ComfyError.Refused(
                        status,
                        reply.what(),
                        target == null
                                ? null
                                : target.scheme() + "://" + target.host() + ":" + target.port() + target.encodedPath()),
                null);
    }

    /** The body as JSON; a web page or a torn text is told apart. */
    JsonValue json(Reply reply) {
        if (reply.contentType().contains("html")) {
            throw failure(new ComfyError.NotComfy(reply.what(), "a web page"), null);
        }
        try {
            return Json.read(reply.body(), JsonLimits.ANSWER);
        } catch (GazeException unreadable) {
            throw unreadable.kind() == GazeException.Kind.INVALID
                    ? failure(new ComfyError.NotComfy(reply.what(), "no JSON"), unreadable)
                    : unreadable;
        }
    }

    /** The body as a JSON object; anything else is none of ComfyUI's answers. */
    JsonObject object(Reply reply) {
        if (json(reply) instanceof JsonObject object) {
            return object;
        }
        throw otherShape(reply.what());
    }

    /** Reads the answer to a GET as a JSON object. */
    JsonObject object(HttpUrl url) {
        if (get(url) instanceof JsonObject object) {
            return object;
        }
        throw otherShape("GET " + url.encodedPath());
    }

    /** Opens a socket; the listener is called on a thread of its own. */
    WebSocket socket(HttpUrl url, WebSocketListener listener) {
        return sockets.newWebSocket(
                new Request.Builder().url(url).headers(headers).build(), listener);
    }

    /** Runs {@code work} on a thread of the connection; not at all when closed. */
    void background(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException ended) {
            if (!closed) {
                throw ended;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::cancel);
        client.dispatcher().cancelAll();
        threads.shutdown();
        client.connectionPool().evictAll();
    }
}
