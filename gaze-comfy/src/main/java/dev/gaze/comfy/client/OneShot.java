package dev.gaze.comfy.client;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A JSON body that is sent at most once. OkHttp repeats other bodies by itself when a kept connection turns out to be
 * dead or a server asks for it, and ComfyUI runs a prompt as often as it gets it, also under the same id.
 */
final class OneShot extends RequestBody {
    static final MediaType JSON = MediaType.get("application/json");

    private final byte[] json;

    OneShot(byte[] json) {
        this.json = json;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return json.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(json);
    }
}
