package dev.gaze.llm.stub;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A model server on a loopback port. Answers are told in advance, one a request. */
public final class StubServer implements AutoCloseable {

    /** What to answer. */
    @FunctionalInterface
    public interface Script {
        /** Answers one request. */
        void answer(Asked asked, Wire wire) throws Exception;
    }

    private final ServerSocket listening;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile Script otherwise =
            (request, wire) -> wire.json(500, "{\"error\":\"nobody told the stub what to answer\"}");

    /** Listens at once. */
    public StubServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        start(this::accept);
    }

    /** The address, with a path behind it. */
    public String url(String path) {
        return "http://127.0.0.1:" + listening.getLocalPort() + path;
    }

    /** The next answer. */
    public StubServer then(Script script) {
        scripts.add(script);
        return this;
    }

    /** The answer to everything for which none was told. */
    public StubServer always(Script script) {
        otherwise = script;
        return this;
    }

    /** The next answer, whole. */
    public StubServer thenJson(int status, String body, String... headers) {
        return then((request, wire) -> wire.json(status, body.replace('\'', '"'), headers));
    }

    /** The next answer: words, in OpenAI's form. */
    public StubServer thenSay(String words) {
        return thenJson(
                200,
                "{'id':'1','model':'stub-1','choices':[{'index':0,'message':{'role':'assistant','content':'" + words
                        + "'},'finish_reason':'stop'}],'usage':{'prompt_tokens':3,'completion_tokens':2}}");
    }

    /** The next answer: one call of a tool, in OpenAI's form. Arguments with apostrophes for quotes. */
    public StubServer thenCall(String tool, String arguments) {
        return thenJson(
                200,
                "{'model':'stub-1','choices':[{'message':{'role':'assistant','content':null,'tool_calls':["
                        + call("c1", tool, arguments)
                        + "]},'finish_reason':'tool_calls'}],'usage':{'prompt_tokens':3,'completion_tokens':2}}");
    }

    /** A call as it stands in an answer, with apostrophes for quotes. */
    public static String call(String id, String tool, String arguments) {
        return "{'id':'%s','type':'function','function':{'name':'%s','arguments':'%s'}}"
                .formatted(id, tool, arguments.replace("'", "\\'"));
    }

    /** What was asked so far. */
    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** The request with this number, from 0. */
    public Asked asked(int number) {
        return asked().get(number);
    }

    /** Whether a client left within five seconds. */
    public boolean sawLeaving() throws InterruptedException {
        return left.await(5, TimeUnit.SECONDS);
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Wire wire = new Wire(socket, left);
            while (wire.open()) {
                Asked request = read(in);
                synchronized (asked) {
                    asked.add(request);
                }
                Script script = scripts.poll();
                (script == null ? otherwise : script).answer(request, wire);
            }
        } catch (Exception gone) {
            // the client went away, or the test is over
        }
    }

    private static Asked read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Asked(first[0], first[1], Map.copyOf(headers), new String(body, StandardCharsets.UTF_8));
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
        Thread thread = new Thread(work, "stub-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        }
    }
}
