package dev.gaze.comfy.client;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.time.Deadlines;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** How long one call may take, on GAZE's own time, and how far it came. */
final class Patience extends EventListener {
    private final Deadlines deadlines;
    private final ServerSettings.Limits limits;
    private volatile Deadlines.@Nullable Limit connect;
    private volatile Deadlines.@Nullable Limit answer;
    private volatile @Nullable String overrun;
    private volatile boolean sent;

    Patience(Deadlines deadlines, ServerSettings.Limits limits) {
        this.deadlines = deadlines;
        this.limits = limits;
    }

    /** Which limit stopped the call; null when none did. */
    @Nullable
    String overrun() {
        return overrun;
    }

    /** Whether any of the request may have reached the server. */
    boolean sent() {
        return sent;
    }

    void begin(Call call) {
        answer = limit(call, limits.answer(), "no whole answer");
    }

    void end() {
        lift(connect);
        lift(answer);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        if (connect == null) { // one limit for all addresses of a name, tried side by side
            connect = limit(call, limits.connect(), "no connection");
        }
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        lift(connect);
    }

    @Override
    public void requestHeadersStart(Call call) {
        sent = true;
    }

    private Deadlines.Limit limit(Call call, Duration after, String what) {
        return deadlines.in(after, () -> {
            overrun = what + " within " + after.toMillis() / 1000.0 + " s";
            call.cancel();
        });
    }

    private static void lift(Deadlines.@Nullable Limit limit) {
        if (limit != null) {
            limit.lift();
        }
    }
}
