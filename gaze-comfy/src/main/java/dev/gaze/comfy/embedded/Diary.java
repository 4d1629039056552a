package dev.gaze.comfy.embedded;

import dev.gaze.comfy.embedded.run.QueuedPrompt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;

/** The newest prompts and requests, for tests that look back. Bodies are not kept. Safe for use by several threads. */
final class Diary {
    private static final int MOST_PROMPTS = 10_000;
    private static final int MOST_REQUESTS = 1_000;

    private final Deque<QueuedPrompt> prompts = new ArrayDeque<>();
    private final Deque<Line> requests = new ArrayDeque<>();
    private volatile long promptCount;

    private record Line(String method, String target, Headers headers, long bodyBytes) {}

    synchronized void received(QueuedPrompt prompt) {
        if (prompts.size() == MOST_PROMPTS) {
            prompts.removeFirst();
        }
        prompts.addLast(prompt);
        promptCount = promptCount + 1;
    }

    synchronized void seen(RecordedRequest request) {
        if (requests.size() == MOST_REQUESTS) {
            requests.removeFirst();
        }
        requests.addLast(
                new Line(request.getMethod(), request.getTarget(), request.getHeaders(), request.getBodySize()));
    }

    /** How many prompts were accepted since the start; takes no lock. */
    long promptCount() {
        return promptCount;
    }

    synchronized List<QueuedPrompt> prompts() {
        return List.copyOf(prompts);
    }

    synchronized List<ReceivedRequest> requests() {
        return requests.stream()
                .map(line -> new ReceivedRequest(
                        line.method(), line.target(), line.headers().toMultimap(), line.bodyBytes()))
                .toList();
    }
}
