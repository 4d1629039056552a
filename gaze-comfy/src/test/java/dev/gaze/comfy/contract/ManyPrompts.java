package dev.gaze.comfy.contract;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The child of {@link ManyPromptsIT}: sends prompts as fast as one connection takes them and prints what is left. */
final class ManyPrompts {
    private static final int BATCH = 100;

    private ManyPrompts() {}

    public static void main(String[] arguments) throws IOException {
        int prompts = Integer.parseInt(arguments[0]);
        try (EmbeddedComfy comfy = EmbeddedComfy.start()) {
            URI address = comfy.address();
            try (Socket socket = new Socket(address.getHost(), address.getPort());
                    OutputStream out = socket.getOutputStream();
                    InputStream in = new BufferedInputStream(socket.getInputStream())) {
                for (int sent = 0; sent < prompts; sent += BATCH) {
                    ByteArrayOutputStream batch = new ByteArrayOutputStream();
                    for (int i = 0; i < BATCH; i++) {
                        batch.writeBytes(request(Graphs.preview(sent + i)));
                    }
                    out.write(batch.toByteArray());
                    for (int i = 0; i < BATCH; i++) {
                        skipAnswer(in);
                    }
                }
            }
            for (int ended = 100; ended <= prompts; ended += 100) { // each wait has a limit of its own
                comfy.awaitFinished(ended);
            }
            try (RawComfy http = new RawComfy(address, 30)) {
                System.out.println("accepted " + comfy.promptCount() + ", kept "
                        + comfy.prompts().size() + ", history "
                        + http.get("/history").object().members().size());
            }
        }
    }

    private static byte[] request(JsonObject graph) {
        byte[] body = Json.compact(JsonObject.of("prompt", graph));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST /prompt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static void skipAnswer(InputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("HTTP/") && !line.contains(" 200 ")) {
                throw new IOException(line);
            }
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
