package dev.gaze.llm.client;

import dev.gaze.api.time.Deadlines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * How long one HTTP exchange may take, on GAZE's own time. The silence counts only while we wait for the server, never
 * while a listener is busy.
 */
final class Exchange extends EventListener {

    /** Which limit passed. */
    enum Overrun {
        CONNECT,
        SILENCE
    }

    private final Deadlines deadlines;
    private final Duration toConnect;
    private final Duration silence;
    private volatile @Nullable Call call;
    private volatile Deadlines.@Nullable Limit connect;
    private volatile Deadlines.@Nullable Limit quiet;
    private volatile @Nullable Overrun overrun;

    Exchange(Deadlines deadlines, Duration toConnect, Duration silence) {
        this.deadlines = deadlines;
        this.toConnect = toConnect;
        this.silence = silence;
    }

    Duration silence() {
        return silence;
    }

    /** Which limit stopped the call; null when none did. */
    @Nullable
    Overrun overrun() {
        return overrun;
    }

    void begin(Call begun) {
        call = begun;
        listen();
    }

    /** From now on we wait for the server. */
    void listen() {
        if (quiet == null) {
            quiet = limit(silence, Overrun.SILENCE);
        }
    }

    /** The server sent something. */
    void heard() {
        lift(quiet);
        quiet = null;
    }

    void end() {
        lift(connect);
        heard();
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        if (connect == null) { // one limit for all addresses of a name, tried side by side
            connect = limit(toConnect, Overrun.CONNECT);
        }
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        lift(connect);
        try {
            // Otherwise the end of a long request waits until the server has acknowledged its beginning: 40 ms.
            connection.socket().setTcpNoDelay(true);
        } catch (IOException alreadyClosed) {
            // The call finds that out itself, and tells why.
        }
    }

    private Deadlines.Limit limit(Duration after, Overrun which) {
        return deadlines.in(after, () -> {
            overrun = which;
            Call running = call;
            if (running != null) {
                running.cancel();
            }
        });
    }

    private static void lift(Deadlines.@Nullable Limit limit) {
        if (limit != null) {
            limit.lift();
        }
    }
}
