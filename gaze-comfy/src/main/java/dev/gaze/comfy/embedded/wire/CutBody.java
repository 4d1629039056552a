package dev.gaze.comfy.embedded.wire;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/**
 * A body that promises all its bytes and ends in the middle of them, with the connection.
 *
 * @param bytes all of it
 * @param cut ends the connection
 */
record CutBody(byte[] bytes, Runnable cut) implements MockResponseBody {

    /** The same answer, cut short. */
    static MockResponse of(MockResponse answer, Runnable cut) {
        byte[] bytes = Answer.body(answer);
        return bytes.length == 0
                ? answer
                : answer.newBuilder().body(new CutBody(bytes, cut)).build();
    }

    @Override
    public long getContentLength() {
        return bytes.length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes, 0, bytes.length / 2);
        sink.flush();
        cut.run();
    }
}
