package dev.gaze.api.backend;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a server and how long to wait for it. Secrets in it are never printed.
 *
 * @param name what to call it; its address without credentials when nothing else is given
 * @param address {@code http(s)://host:port[/base/path]}, or {@code embedded:} for the sketch server
 * @param headers sent with every request, such as {@code X-Api-Key}
 * @param user for basic authentication; null for none
 * @param secret the password with a user, the bearer token without one; null for none
 * @param limits how long to wait
 * @param slots how many jobs it is sent at once, 1 or more; a second one waits in its queue, so that it goes on
 *     without a pause
 */
public record ServerSettings(
        String name,
        URI address,
        Map<String, String> headers,
        @Nullable String user,
        @Nullable String secret,
        Limits limits,
        int slots) {
    /** ComfyUI's own default address (G2). */
    public static final URI DEFAULT_ADDRESS = URI.create("http://127.0.0.1:8188");
    /** The address of the sketch server inside this process. */
    public static final URI EMBEDDED = URI.create("embedded:sketch");

    /**
     * How long to wait before a step counts as failed. All run on the {@code Time} seam.
     *
     * @param connect until a connection stands; more than zero
     * @param answer until an HTTP request is answered whole; more than zero
     * @param queued while the prompt waits in the server's queue; zero means without limit
     * @param running while the prompt runs; zero means without limit
     * @param silence while a running prompt shows no sign of life, before history and queue are asked; more than zero
     * @param maxImageBytes an image larger than this is refused; 1 or more
     */
    public record Limits(
            Duration connect,
            Duration answer,
            Duration queued,
            Duration running,
            Duration silence,
            long maxImageBytes) {
        /** 10 s to connect, 60 s to answer, no limit in the queue, 1 h to run, 15 s of silence, 64 MB an image. */
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofSeconds(15),
                64_000_000);

        /** Checks the ranges. */
        public Limits {
            if (!positive(connect) || !positive(answer) || !positive(silence)) {
                throw new IllegalArgumentException(
                        "Limits of a server are connect %s, answer %s, silence %s; each must be more than zero"
                                .formatted(connect, answer, silence));
            }
            if (queued.isNegative() || running.isNegative() || maxImageBytes < 1) {
                throw new IllegalArgumentException(
                        "Limits of a server are queued %s, running %s, %d bytes an image; accepted are zero or more, and 1 byte or more"
                                .formatted(queued, running, maxImageBytes));
            }
        }

        private static boolean positive(Duration duration) {
            return !duration.isNegative() && !duration.isZero();
        }
    }

    /** Checks that nothing is missing and copies the headers. */
    public ServerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(limits, "limits");
        headers = Map.copyOf(headers);
        if (slots < 1) {
            throw new IllegalArgumentException("A server is sent 1 job at once or more, got " + slots);
        }
    }

    /**
     * A server that is sent one job at a time.
     *
     * @param name what to call it
     * @param address where it is
     * @param headers sent with every request
     * @param user for basic authentication; null for none
     * @param secret the password with a user, the bearer token without one; null for none
     * @param limits how long to wait
     */
    public ServerSettings(
            String name,
            URI address,
            Map<String, String> headers,
            @Nullable String user,
            @Nullable String secret,
            Limits limits) {
        this(name, address, headers, user, secret, limits, 1);
    }

    /**
     * A server of which only the address is known. Credentials in the address ({@code http://user:secret@host}) are
     * taken out of it.
     *
     * @param address the address
     * @return the settings with default limits
     */
    public static ServerSettings of(URI address) {
        String authority = address.getRawAuthority();
        int at = authority == null ? -1 : authority.lastIndexOf('@'); // getUserInfo is null for hosts such as my_comfy
        if (authority == null || at < 0) {
            return new ServerSettings(address.toString(), address, Map.of(), null, null, Limits.DEFAULT);
        }
        String userInfo = URI.create("http://" + authority.substring(0, at).replace("@", "%40") + "@host")
                .getUserInfo();
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String secret = colon < 0 ? "" : userInfo.substring(colon + 1);
        URI bare = URI.create(address.toString().replace("//" + authority, "//" + authority.substring(at + 1)));
        return new ServerSettings(bare.toString(), bare, Map.of(), user, secret, Limits.DEFAULT);
    }

    /**
     * With other limits.
     *
     * @param limits how long to wait
     * @return a changed copy
     */
    public ServerSettings withLimits(Limits limits) {
        return new ServerSettings(name, address, headers, user, secret, limits, slots);
    }

    /**
     * With another number of jobs at once.
     *
     * @param slots 1 or more
     * @return a changed copy
     */
    public ServerSettings withSlots(int slots) {
        return new ServerSettings(name, address, headers, user, secret, limits, slots);
    }

    /** Name and address; of headers the names, of credentials whether there are any. */
    @Override
    public String toString() {
        return "ServerSettings[" + name + (name.equals(address.toString()) ? "" : ", " + address)
                + (headers.isEmpty() ? "" : ", headers " + headers.keySet())
                + (secret == null ? "" : ", with credentials") + "]";
    }
}
