package dev.gaze.example.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A language model that costs next to nothing. It calls a tool until {@link #CALLS} results stand in the question, then
 * says a word. When a stream is asked for it says a word and waits until whoever asked has left. A line without HTTP is
 * sent back.
 */
final class StubModel implements AutoCloseable {
    /** How many calls of the tool come before the answer. */
    static final int CALLS = 9;

    private static final byte[] WORD = answer("{\"role\":\"assistant\",\"content\":\"Done.\"}", "stop");
    private static final byte[] STREAM = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Connection: close\r
            \r
            data: {"model":"stub","choices":[{"index":0,"delta":{"content":"and "}}]}

            """.getBytes(StandardCharsets.UTF_8);

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Long> left = new LinkedBlockingQueue<>();
    private volatile boolean recording;

    StubModel() throws IOException {
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** Whether questions are kept from now on. */
    void record(boolean record) {
        recording = record;
    }

    /** The questions kept so far. */
    List<String> bodies() {
        return bodies;
    }

    /** The moments, by {@link System#nanoTime}, at which listeners of streams were seen to have left. */
    BlockingQueue<Long> left() {
        return left;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the measurement is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String first = line(in);
                if (!first.startsWith("POST")) {
                    socket.getOutputStream().write((first + "\n").getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                byte[] body = in.readNBytes(length(in));
                String question = new String(body, StandardCharsets.ISO_8859_1);
                if (recording) {
                    bodies.add(new String(body, StandardCharsets.UTF_8));
                }
                if (question.contains("\"stream\":true")) {
                    socket.getOutputStream().write(STREAM);
                    awaitLeaving(in);
                    return;
                }
                socket.getOutputStream().write(answer(question));
            }
        } catch (IOException gone) {
            // whoever asked is gone
        }
    }

    private void awaitLeaving(InputStream in) {
        try {
            while (in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException reset) {
            // gone all the same
        }
        left.add(System.nanoTime());
    }

    private static byte[] answer(String question) {
        int results = question.split("\"role\":\"tool\"", -1).length - 1;
        return results >= CALLS
                ? WORD
                : answer(
                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":\"search_tags\",\"arguments\":\"{\\\"query\\\":\\\"tag_%d\\\"}\"}}]}"
                                .formatted(results, results),
                        "tool_calls");
    }

    private static byte[] answer(String message, String finish) {
        String body =
                "{\"id\":\"1\",\"model\":\"stub\",\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10}}"
                        .formatted(message, finish);
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int length(InputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "stub-model");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
