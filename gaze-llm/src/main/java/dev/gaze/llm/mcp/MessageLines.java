package dev.gaze.llm.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, in UTF-8 whatever the machine speaks, as MCP wants them. Used by one thread. */
final class MessageLines {
    /** A longer line is cut here, and so is no JSON any more; in bytes. */
    static final int LONGEST = 16 << 20;

    private final InputStream in;

    MessageLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line that is not blank; null at the end. */
    @Nullable
    String next() throws IOException {
        String line;
        do {
            byte[] bytes = bytes();
            if (bytes == null) {
                return null;
            }
            line = new String(bytes, StandardCharsets.UTF_8).strip();
        } while (line.isEmpty());
        return line;
    }

    private byte @Nullable [] bytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() < LONGEST) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }
}
