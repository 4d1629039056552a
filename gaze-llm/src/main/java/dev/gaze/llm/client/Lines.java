package dev.gaze.llm.client;

import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer line by line, as the bytes arrive. A line that the end cuts off is given as it is; bytes that are no
 * UTF-8 become {@code U+FFFD}. Waiting is told to the exchange, which counts the silence.
 */
final class Lines {
    private final BufferedSource source;
    private final long limit;
    private final Exchange exchange;
    private long taken;

    Lines(BufferedSource source, long limit, Exchange exchange) {
        this.source = source;
        this.limit = limit;
        this.exchange = exchange;
    }

    /** The next line without its end; null when there is none. */
    @Nullable
    String next() throws IOException, Trouble {
        Buffer arrived = source.getBuffer();
        long searched = 0;
        while (true) {
            long end = arrived.indexOf((byte) '\n', searched);
            if (end >= 0) {
                String line = take(end);
                arrived.skip(1);
                taken++;
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            searched = arrived.size();
            requireSmall(searched);
            if (!more(searched + 1)) {
                return arrived.exhausted() ? null : take(arrived.size());
            }
        }
    }

    /** All that is left. */
    String rest() throws IOException, Trouble {
        Buffer arrived = source.getBuffer();
        while (more(arrived.size() + 1)) {
            requireSmall(arrived.size());
        }
        return take(arrived.size());
    }

    private boolean more(long size) throws IOException {
        exchange.listen();
        boolean more = source.request(size);
        exchange.heard();
        return more;
    }

    private String take(long bytes) throws IOException, Trouble {
        requireSmall(bytes);
        taken += bytes;
        return source.getBuffer().readUtf8(bytes);
    }

    private void requireSmall(long further) throws Trouble {
        if (taken + further > limit) {
            throw Trouble.badAnswer(
                    "The answer is larger than the limit of %d bytes".formatted(limit),
                    "set a limit of tokens on the request, or a larger limit in the settings");
        }
    }
}
