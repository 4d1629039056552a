package dev.gaze.comfy.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** Keeps the connections, so that one can be cut as when a process dies. */
final class CuttableConnections extends ServerSocketFactory {
    final List<Socket> sockets = new CopyOnWriteArrayList<>();

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
                Socket socket = super.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                return socket;
            }
        };
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new IllegalArgumentException("MockWebServer binds by itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new IllegalArgumentException("MockWebServer binds by itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new IllegalArgumentException("MockWebServer binds by itself");
    }
}
