package dev.gaze.comfy.client;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of a prompt at one moment. The queue is asked first and history second: the server moves a prompt
 * from the one to the other in one step, so a prompt that is in neither is in truth gone.
 */
sealed interface Whereabouts {

    /** It is on the server and has not ended. */
    sealed interface Alive extends Whereabouts {
        /** The client name it was posted with, to which its frames go; null when it has none. */
        @Nullable
        String client();
    }

    /**
     * It is worked on.
     *
     * @param client the client name it was posted with, to which its frames go; null when it has none
     */
    record Running(@Nullable String client) implements Alive {}

    /**
     * It waits.
     *
     * @param client the client name it was posted with, to which its frames go; null when it has none
     * @param position 1 for the next one to start
     * @param idle whether the server works on nothing at all
     */
    record Waiting(@Nullable String client, int position, boolean idle) implements Alive {}

    /** It has ended. */
    record Over(HistoryEntry entry) implements Whereabouts {}

    /** The server knows nothing of it. */
    record Nowhere() implements Whereabouts {}

    /** Asks queue and history. */
    static Whereabouts of(String prompt, ComfyClient client) {
        return of(prompt, client.queue(), client);
    }

    /** Asks history when the queue, asked just now, does not have it. */
    static Whereabouts of(String prompt, QueueState queue, ComfyClient client) {
        for (QueueState.Item item : queue.running()) {
            if (item.prompt().equals(prompt)) {
                return new Running(item.client());
            }
        }
        OptionalInt position = queue.position(prompt);
        if (position.isPresent()) {
            QueueState.Item item = queue.pending().get(position.getAsInt() - 1);
            return new Waiting(
                    item.client(), position.getAsInt(), queue.running().isEmpty());
        }
        Optional<HistoryEntry> entry = client.history(prompt);
        return entry.isPresent() ? new Over(entry.get()) : new Nowhere();
    }
}
