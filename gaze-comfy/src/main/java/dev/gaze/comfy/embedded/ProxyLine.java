package dev.gaze.comfy.embedded;

import dev.gaze.comfy.embedded.FaultProxy.Direction;
import dev.gaze.comfy.embedded.fault.Pauses;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One connection through a proxy: two sockets, and a thread each way. */
final class ProxyLine implements AutoCloseable {
    private static final int PIECE = 16_384;

    private final Socket client;
    private final Socket server;
    private final FaultProxy.Trouble trouble;
    private final Pauses pauses;
    private final Consumer<ProxyLine> ended;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean socket;
    private long allowed = Long.MAX_VALUE;

    /** A connection that carries nothing yet; {@code ended} is told once. */
    ProxyLine(Socket client, Socket server, FaultProxy.Trouble trouble, Pauses pauses, Consumer<ProxyLine> ended)
            throws SocketException {
        this.client = client;
        this.server = server;
        this.trouble = trouble;
        this.pauses = pauses;
        this.ended = ended;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /** Starts both ways. */
    void carry() {
        thread("to server", () -> pump(client, server, Direction.TO_SERVER));
        thread("to client", () -> pump(server, client, Direction.TO_CLIENT));
    }

    /** Whether it has become a WebSocket. */
    boolean isSocket() {
        return socket;
    }

    /** So many more bytes come to the client; then it ends. */
    synchronized void allow(long bytes) {
        allowed = bytes;
    }

    /** How many of these bytes may still go to the client. */
    private synchronized int spend(int bytes) {
        int spent = (int) Math.min(bytes, allowed);
        allowed -= allowed == Long.MAX_VALUE ? 0 : spent;
        return spent;
    }

    private void pump(Socket from, Socket to, Direction direction) {
        byte[] piece = new byte[PIECE];
        try {
            for (int read = from.getInputStream().read(piece);
                    read >= 0;
                    read = from.getInputStream().read(piece)) {
                socket |= direction == Direction.TO_SERVER && !socket && upgrades(piece, read);
                pauses.pause(
                        trouble.delay(socket),
                        () -> closed.get() || trouble.delay(socket).isZero());
                if (trouble.loses(socket, direction)) {
                    continue;
                }
                int spent = direction == Direction.TO_CLIENT ? spend(read) : read;
                to.getOutputStream().write(piece, 0, spent);
                if (spent < read) {
                    break;
                }
            }
        } catch (IOException cut) {
            // either end may cut a connection at any time; the other one is told by the close
        } finally {
            close();
        }
    }

    /** Clients send the head of a request in one piece. */
    private static boolean upgrades(byte[] piece, int length) {
        String head = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        return head.startsWith("GET ") && head.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
    }

    /** Ends both sides at once. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shut(client);
            shut(server);
            ended.accept(this);
            pauses.wake();
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException goneAlready) {
            System.getLogger(ProxyLine.class.getName())
                    .log(System.Logger.Level.DEBUG, "A connection ended by itself", goneAlready);
        }
    }

    /** Runs work on a daemon thread of a proxy. */
    static Thread thread(String what, Runnable work) {
        Thread thread = new Thread(work, "fault-proxy " + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
