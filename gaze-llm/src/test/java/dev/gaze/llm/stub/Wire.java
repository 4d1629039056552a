package dev.gaze.llm.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** The server's end of one connection, while it answers one request. */
public final class Wire {
    private final Socket socket;
    private final CountDownLatch left;
    private boolean open = true;

    Wire(Socket socket, CountDownLatch left) {
        this.socket = socket;
        this.left = left;
    }

    /** A whole answer, after which the connection may be used again. */
    public void json(int status, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head(status, "application/json", "Content-Length: " + bytes.length, headers);
        write(bytes);
        open = true;
    }

    /** The head of an answer that ends with the connection. */
    public Wire begin(int status, String contentType, String... headers) throws IOException {
        head(status, contentType, "Connection: close", headers);
        open = false;
        return this;
    }

    /** Begins a stream of events. */
    public Wire events() throws IOException {
        return begin(200, "text/event-stream");
    }

    private void head(int status, String contentType, String length, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(
                "HTTP/1.1 %d Told\r\nContent-Type: %s\r\n%s\r\n".formatted(status, contentType, length));
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Text as it stands. */
    public Wire text(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Bytes as they stand. */
    public Wire write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /** An event with these data. */
    public Wire event(String data) throws IOException {
        return text("data: " + data + "\n\n");
    }

    /** A piece of an answer in OpenAI's form. */
    public Wire piece(String words) throws IOException {
        return event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words + "\"}}]}");
    }

    /** The usual end of a stream in OpenAI's form. */
    public void done() throws IOException {
        event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        event("[DONE]");
    }

    /** Breaks the connection off, as a server that is killed does. */
    public void breakOff() throws IOException {
        open = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits until the client has closed its end. */
    public void awaitLeaving() throws IOException {
        open = false;
        try {
            while (socket.getInputStream().read() >= 0) {
                // whatever still comes
            }
        } catch (IOException reset) {
            // gone all the same
        }
        left.countDown();
    }

    boolean open() {
        return open;
    }
}
