package dev.gaze.comfy.embedded.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * The connections, in the order they were accepted, which is how MockWebServer numbers them. Held here because its own
 * WebSockets cannot be cut without a close frame, and because it leaves Nagle's algorithm on, which holds small frames
 * back.
 */
final class AcceptedSockets extends ServerSocketFactory {
    private final Map<Integer, Socket> open = new ConcurrentHashMap<>();

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listening();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        throw new IOException("Only unbound sockets are made here");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return createServerSocket(port);
    }

    /** Ends a connection at once, without a word. */
    void cut(int connection) {
        Socket socket = open.get(connection);
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                open.remove(connection);
            }
        }
    }

    private final class Listening extends ServerSocket {
        private int accepted;

        Listening() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Connection socket = new Connection(accepted);
            implAccept(socket);
            socket.setTcpNoDelay(true);
            open.put(accepted++, socket);
            return socket;
        }
    }

    private final class Connection extends Socket {
        private final int number;

        Connection(int number) {
            this.number = number;
        }

        @Override
        public synchronized void close() throws IOException {
            open.remove(number);
            super.close();
        }
    }
}
