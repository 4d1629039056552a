package dev.gaze.comfy.client;

import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The one socket of a client, shared by all its runs.
 *
 * <p>Frames go to the client name a prompt was posted with. After a break the socket therefore comes back under the same
 * name as long as a run waits for frames under it, and a first socket that opens for a prompt of a process that died takes
 * the name that process had. Otherwise the name is new, which is safer: when a server notices only now that an old socket
 * is gone, it forgets the name, and the socket that has taken it over hears nothing any more while it stays open. That is
 * also why the old socket is always closed before the new one opens, and why a socket
 * that took over a name and then says nothing is {@linkplain Connection#suspect suspect}.
 */
final class FrameSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FrameSocket.class.getName());
    private static final String FLAGS = "{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}";
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Who listens. Called on the socket's thread, in order. */
    interface Listener {
        void heard(Frame frame, Instant now);

        /** The socket is gone; frames may have been missed. */
        void broken();

        /** Whether a run waits for frames under this name. */
        boolean awaited(String name);
    }

    private final Http http;
    private final Deadlines deadlines;
    private final Time time;
    private final Duration patience;
    private final Listener listener;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile @Nullable Connection current;
    private String name = "";
    private Instant retry = Instant.MIN;
    private volatile boolean failing;
    private volatile boolean closed;

    FrameSocket(Http http, Deadlines deadlines, Time time, Duration patience, Listener listener) {
        this.http = http;
        this.deadlines = deadlines;
        this.time = time;
        this.patience = patience;
        this.listener = listener;
    }

    /** A socket the server knows by its name; equal only to itself. */
    final class Connection extends WebSocketListener {
        private final String name;
        private final boolean tookOver;
        private final CountDownLatch decided = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile Instant heard = time.now();
        private volatile @Nullable WebSocket socket;

        private Connection(String name, boolean tookOver) {
            this.name = name;
            this.tookOver = tookOver;
        }

        String name() {
            return name;
        }

        /** Whether the server may have forgotten its name: nothing at all came over it for so long. */
        boolean suspect(Instant now, Duration silence) {
            return tookOver && !heard.plus(silence).isAfter(now);
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            this.socket = socket;
            socket.send(FLAGS); // sent second it would be ignored without a word
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            Frame frame = FrameReader.text(text);
            if (decided.getCount() > 0 && frame instanceof Frame.Status status && status.greeting()) {
                // the server registers a socket after it has accepted it; only this frame shows that it has
                current = this;
                decided.countDown();
            }
            tell(frame);
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            tell(FrameReader.binary(bytes.asByteBuffer()));
        }

        private void tell(Frame frame) {
            Instant now = time.now();
            heard = now;
            listener.heard(frame, now);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(1000, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            ends("closed by the server");
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            ends(response == null ? String.valueOf(failure.getMessage()) : "refused with status " + response.code());
        }

        private void ends(String why) {
            boolean stood = current == this;
            if (stood) {
                current = null;
            }
            over.countDown();
            decided.countDown();
            if (stood && !closed) {
                LOG.log(Level.DEBUG, () -> "Socket to " + http.server() + " ended: " + why);
                listener.broken();
            }
        }
    }

    /** The socket that stands; null when there is none. */
    @Nullable
    Connection current() {
        return current;
    }

    /** Connects unless connected. Null when it cannot be had now; asks the server again only after a while. */
    @Nullable
    Connection connect() {
        return connect(null);
    }

    /** As {@link #connect()}; a socket that is new takes this name, when there is one and no run waits under another. */
    @Nullable
    Connection connect(@Nullable String wanted) {
        Connection standing = current;
        if (standing == null && failing && trying.get()) {
            return null; // a server that accepts sockets and never greets them must not hold up every run
        }
        return standing != null ? standing : open(wanted);
    }

    /** Connects on a thread of the connection, unless one is at it. */
    void reconnect() {
        if (trying.compareAndSet(false, true)) {
            try {
                http.background(() -> {
                    try {
                        open(null);
                    } finally {
                        trying.set(false);
                    }
                });
            } catch (RuntimeException | Error noThread) {
                trying.set(false);
                LOG.log(Level.WARNING, "The socket to " + http.server() + " is opened later", noThread);
            }
        }
    }

    private synchronized @Nullable Connection open(@Nullable String wanted) {
        if (current != null || closed || time.now().isBefore(retry)) {
            return current;
        }
        boolean takeOver = !name.isEmpty() && listener.awaited(name);
        if (!takeOver) {
            takeOver = wanted != null;
            name = wanted != null ? wanted : UUID.randomUUID().toString();
        }
        Connection connection = new Connection(name, takeOver);
        WebSocket socket = http.socket(
                http.url("ws").newBuilder().addQueryParameter("clientId", name).build(), connection);
        await(connection.decided, patience, socket);
        failing = current == null;
        if (failing) {
            retry = time.now().plus(RETRY);
            LOG.log(Level.DEBUG, () -> "No socket to " + http.server() + "; runs are followed by asking");
        }
        return current;
    }

    /** Closes the socket if it stands, and only then opens another. */
    synchronized void renew(Connection deaf) {
        if (current == deaf) {
            current = null;
            listener.broken();
            WebSocket socket = deaf.socket;
            if (socket != null && socket.close(1000, null)) {
                await(deaf.over, GOODBYE, socket);
            }
            open(null);
        }
    }

    /** Waits until {@code latch} opens, at most {@code limit}; then the socket is cut, which opens it. */
    private void await(CountDownLatch latch, Duration limit, WebSocket socket) {
        Deadlines.Limit cut = deadlines.in(limit, socket::cancel);
        try {
            // the real clock stands behind, in case the other one stands still
            if (!latch.await(limit.multipliedBy(2).toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                socket.cancel();
            }
        } catch (InterruptedException stop) {
            socket.cancel();
            Thread.currentThread().interrupt();
        } finally {
            cut.lift();
        }
    }

    @Override
    public void close() {
        closed = true;
        current = null;
    }
}
