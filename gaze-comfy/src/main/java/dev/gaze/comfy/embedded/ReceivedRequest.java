package dev.gaze.comfy.embedded;

import java.util.List;
import java.util.Map;

/**
 * An HTTP request the server saw, WebSocket upgrades included.
 *
 * @param method {@code GET}, {@code POST} …
 * @param target path and query as sent
 * @param headers values by lower-case name
 * @param bodyBytes size of the body
 */
public record ReceivedRequest(String method, String target, Map<String, List<String>> headers, long bodyBytes) {
    /** Copies the headers. */
    public ReceivedRequest {
        headers = Map.copyOf(headers);
    }

    /** {@code POST /prompt}. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
