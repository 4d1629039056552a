package dev.gaze.comfy.embedded;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.comfy.embedded.fault.Pauses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bad network in front of a good server. It listens on the loopback address and carries bytes to and from a server,
 * whatever they mean; on request connections are cut or refused, and bytes are lost or come late. What the server itself
 * can do wrong is the business of {@link EmbeddedComfy}; both work together, and a proxy may stand before a real ComfyUI.
 *
 * <p>Trouble holds for connections that stand and for later ones, until {@link #pass}. Close it: its threads end then.
 * Safe for use by several threads.
 */
public final class FaultProxy implements AutoCloseable {

    /** Which connections a trouble is for. */
    public enum Traffic {
        /** Every connection. */
        ALL,
        /** WebSockets; HTTP goes on. */
        SOCKETS
    }

    /** A way bytes go. */
    public enum Direction {
        /** From the client. */
        TO_SERVER,
        /** From the server. */
        TO_CLIENT
    }

    private final URI server;
    private final Pauses pauses;
    private final int port;
    private final Set<ProxyLine> lines = ConcurrentHashMap.newKeySet();
    private final Trouble trouble = new Trouble();
    private ServerSocket door;
    private Thread doorman;
    private long allowed = Long.MAX_VALUE;
    private boolean closed;

    /** What happens to the bytes of a connection; asked for each piece. */
    static final class Trouble {
        private final Set<List<Object>> lost = ConcurrentHashMap.newKeySet();
        private volatile Traffic late = Traffic.ALL;
        private volatile Duration delay = Duration.ZERO;

        boolean loses(boolean socket, Direction direction) {
            return lost.contains(List.of(Traffic.ALL, direction))
                    || socket && lost.contains(List.of(Traffic.SOCKETS, direction));
        }

        Duration delay(boolean socket) {
            return socket || late == Traffic.ALL ? delay : Duration.ZERO;
        }
    }

    private FaultProxy(URI server, Time time) {
        this.server = server;
        pauses = new Pauses(time);
        door = open(0);
        port = door.getLocalPort();
        doorman = welcome(door);
    }

    /**
     * Listens on any free port and brings everything to a server.
     *
     * @param server where it is, {@code http} with a port and maybe a base path
     * @param time the clock delays run on
     * @return a proxy without trouble
     */
    public static FaultProxy before(URI server, Time time) {
        if (!"http".equalsIgnoreCase(server.getScheme()) || server.getPort() < 0) {
            throw new IllegalArgumentException(
                    "A proxy needs an http address with a port, such as http://127.0.0.1:8188; given " + server);
        }
        return new FaultProxy(server, time);
    }

    /**
     * Where it listens.
     *
     * @return the server's address with the proxy in place of host and port
     */
    public URI address() {
        String path = server.getRawPath() == null ? "" : server.getRawPath();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /**
     * How many connections stand.
     *
     * @return zero or more
     */
    public int connections() {
        return lines.size();
    }

    /**
     * Ends connections that stand, on both sides. Later ones are not touched.
     *
     * @param traffic which
     */
    public void cut(Traffic traffic) {
        for (ProxyLine line : lines) {
            if (traffic == Traffic.ALL || line.isSocket()) {
                line.close();
            }
        }
    }

    /** Nobody listens any more when this returns; connections that stand go on. */
    public void refuse() {
        Thread accepting;
        synchronized (this) {
            shut();
            accepting = doorman;
        }
        try {
            accepting.join(); // while a thread waits for a guest, the system lets guests in through a door that is shut
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Bytes are lost on their way, and nobody is told: connections stay open and are silent.
     *
     * @param traffic which connections
     * @param direction which way
     */
    public void swallow(Traffic traffic, Direction direction) {
        trouble.lost.add(List.of(traffic, direction));
    }

    /**
     * Bytes come late, in their order, both ways.
     *
     * @param traffic which connections
     * @param by how long each piece waits, on the proxy's clock
     */
    public void delay(Traffic traffic, Duration by) {
        trouble.late = traffic;
        trouble.delay = by;
    }

    /**
     * Ends each connection once it has brought so many more bytes to the client.
     *
     * @param bytes zero or more
     */
    public void cutAfter(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A connection cannot end after " + bytes + " bytes; accepted from 0");
        }
        allow(bytes);
    }

    private synchronized void allow(long bytes) {
        allowed = bytes;
        lines.forEach(line -> line.allow(bytes));
    }

    /** Takes all trouble back. Bytes that are late come at once; bytes that were lost stay lost. */
    public synchronized void pass() {
        trouble.lost.clear();
        trouble.delay = Duration.ZERO;
        allow(Long.MAX_VALUE);
        pauses.wake();
        if (door.isClosed() && !closed) {
            door = open(port);
            doorman = welcome(door);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        shut();
        pauses.close();
        lines.forEach(ProxyLine::close);
    }

    private void shut() {
        try {
            door.close();
        } catch (IOException shutAlready) {
            throw new UncheckedIOException(shutAlready);
        }
    }

    private static ServerSocket open(int port) {
        try {
            ServerSocket door = new ServerSocket();
            door.setReuseAddress(true); // the port is ours again at once, whatever connections it had
            door.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return door;
        } catch (IOException taken) {
            throw new GazeException(
                    GazeException.Kind.UNAVAILABLE,
                    null,
                    List.of(Problem.of("The fault proxy cannot listen on 127.0.0.1:" + port)),
                    taken);
        }
    }

    private Thread welcome(ServerSocket open) {
        return ProxyLine.thread("accepts", () -> {
            while (!open.isClosed()) {
                try {
                    Socket guest = open.accept();
                    if (open.isClosed()) {
                        guest.close();
                    } else {
                        carry(guest);
                    }
                } catch (IOException shut) {
                    continue; // the loop ends when the door is shut; one guest that left early is nothing
                }
            }
        });
    }

    /** A server that is away ends the client's connection at once. */
    private void carry(Socket client) throws IOException {
        Socket there = new Socket();
        try {
            there.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
        } catch (IOException away) {
            client.close();
            return;
        }
        enter(new ProxyLine(client, there, trouble, pauses, lines::remove));
    }

    private synchronized void enter(ProxyLine line) {
        if (closed) {
            line.close();
        } else {
            line.allow(allowed);
            lines.add(line);
            line.carry();
        }
    }
}
