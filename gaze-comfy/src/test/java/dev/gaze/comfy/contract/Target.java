package dev.gaze.comfy.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The server the rows run against. */
final class Target implements AutoCloseable {
    static final int LONG_RUN = 40;

    final RawComfy http;
    private final @Nullable EmbeddedComfy embedded;

    private Target(@Nullable EmbeddedComfy embedded, URI address, long limitSeconds) {
        this.embedded = embedded;
        http = new RawComfy(address, limitSeconds);
    }

    static Target embedded() {
        ManualTime time = new ManualTime();
        EmbeddedComfy comfy = EmbeddedComfy.start(time);
        return new Target(comfy, comfy.address(), 10);
    }

    static Target real(String url) {
        return new Target(null, URI.create(url.replaceAll("/+$", "")), 120);
    }

    /** The embedded server, for rows that would harm or restart a real one. */
    EmbeddedComfy embeddedOnly() {
        assumeTrue(embedded != null, "this row would harm or restart a real server");
        return java.util.Objects.requireNonNull(embedded);
    }

    /** Whether the server is at least that version. */
    boolean since(int... version) {
        int[] own = Arrays.stream(http.get("/system_stats")
                        .object()
                        .text("system", "comfyui_version")
                        .orElse("0")
                        .split("\\."))
                .mapToInt(part -> Integer.parseInt(part.replaceAll("[^0-9].*$", "")))
                .toArray();
        return Arrays.compare(own, version) >= 0;
    }

    /** A prompt that runs until it is let go, so that others wait behind it. */
    Held hold() {
        return hold("held-" + UUID.randomUUID());
    }

    Held hold(String client) {
        slowly();
        RawSocket socket = http.socket(client);
        String id = http.submit(Graphs.sampled(Graphs.anySeed(), LONG_RUN), client);
        socket.until(frame -> frame.brief().equals("executing 3"));
        return new Held(socket, id, client);
    }

    /** From now on a sampler step of the embedded server takes until it is interrupted, as it nearly does on a real one. */
    void slowly() {
        if (embedded != null) {
            embedded.stepsTake(Duration.ofHours(1));
        }
    }

    /** Takes {@link #slowly} back. */
    void quickly() {
        if (embedded != null) {
            embedded.stepsTake(Duration.ZERO);
        }
    }

    /** The prompt that holds the worker. */
    final class Held implements AutoCloseable {
        final RawSocket socket;
        final String id;
        final String client;
        private boolean over;

        private Held(RawSocket socket, String id, String client) {
            this.socket = socket;
            this.id = id;
            this.client = client;
        }

        /** Interrupts it; what waits runs on. Returns once its socket is closed or heard the end. */
        void letGo() {
            if (!over) {
                over = true;
                quickly();
                http.post("/interrupt", JsonObject.of("prompt_id", id));
                if (socket.isOpen()) {
                    socket.untilEnd(id);
                }
            }
        }

        @Override
        public void close() {
            letGo();
            socket.close();
        }
    }

    @Override
    public void close() {
        http.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
