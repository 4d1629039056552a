package dev.gaze.comfy.embedded.wire;

import dev.gaze.comfy.embedded.fault.Pauses;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/**
 * A body that comes a piece at a time, waiting on the time seam.
 *
 * @param bytes all of it
 * @param between the wait in front of each piece
 * @param pauses how to wait
 */
record SlowBody(byte[] bytes, Duration between, Pauses pauses) implements MockResponseBody {
    private static final int PIECES = 16;

    /** The same answer, slowly. */
    static MockResponse of(MockResponse answer, Duration between, Pauses pauses) {
        byte[] bytes = Answer.body(answer);
        return bytes.length == 0
                ? answer
                : answer.newBuilder().body(new SlowBody(bytes, between, pauses)).build();
    }

    @Override
    public long getContentLength() {
        return bytes.length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        int size = Math.max(1, bytes.length / PIECES);
        for (int at = 0; at < bytes.length; at += size) {
            pauses.pause(between, () -> false);
            sink.write(bytes, at, Math.min(size, bytes.length - at));
            sink.flush();
        }
    }
}
