package dev.gaze.llm.writer;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.WriteOutcome;
import dev.gaze.api.writer.WriteRequest;
import dev.gaze.api.writer.WrittenPrompt;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes many prompts, each of which may fail alone (P69). Used once. */
final class ManyPrompts {
    private static final System.Logger LOG = System.getLogger(ManyPrompts.class.getName());
    private static final int MOST_AT_ONCE = 64;

    private final Function<WriteRequest, WrittenPrompt> writer;
    private final List<WriteRequest> requests;
    private final Consumer<WriteOutcome> each;
    private final @Nullable WriteOutcome[] outcomes;

    /**
     * Prompts still to be written.
     *
     * @param each told every outcome once
     */
    ManyPrompts(
            Function<WriteRequest, WrittenPrompt> writer, List<WriteRequest> requests, Consumer<WriteOutcome> each) {
        this.writer = writer;
        this.requests = List.copyOf(requests);
        this.each = each;
        outcomes = new WriteOutcome[requests.size()];
    }

    List<WriteOutcome> write(int atOnce) {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "Prompts are written 1 to %d at once, got %d".formatted(MOST_AT_ONCE, atOnce));
        }
        if (atOnce == 1 || requests.size() < 2) {
            for (int i = 0; i < requests.size(); i++) {
                write(requests.get(i), i);
            }
        } else {
            writeOnThreads(Math.min(atOnce, requests.size()));
        }
        return end();
    }

    private void writeOnThreads(int count) {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            int place = i;
            tasks.add(() -> {
                write(requests.get(place), place);
                return null;
            });
        }
        ExecutorService workers = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "gaze-prompts");
            thread.setDaemon(true);
            return thread;
        });
        try {
            workers.invokeAll(tasks);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // what is under way is given up, see end()
        } finally {
            workers.shutdownNow();
        }
    }

    private void write(WriteRequest request, int place) {
        if (!Thread.currentThread().isInterrupted()) {
            settle(place, outcome(request));
        }
    }

    private WriteOutcome outcome(WriteRequest request) {
        try {
            return new WriteOutcome.Written(request, writer.apply(request));
        } catch (GazeException failure) {
            return new WriteOutcome.Failed(request, failure);
        } catch (RuntimeException | Error fault) { // of a plugin or a history of somebody's own: the others go on
            LOG.log(Level.ERROR, "One of many prompts could not be written", fault);
            return new WriteOutcome.Failed(
                    request,
                    new ChatException(
                            ChatError.UNEXPECTED,
                            Problem.of("A fault within GAZE or a plugin: "
                                            + fault.getClass().getSimpleName())
                                    .fix("look at the log"),
                            "",
                            fault));
        }
    }

    /** The first one counts: when somebody stopped the whole, a late answer is none. */
    private synchronized void settle(int place, WriteOutcome outcome) {
        if (outcomes[place] != null) {
            return;
        }
        outcomes[place] = outcome;
        try {
            each.accept(outcome);
        } catch (RuntimeException theirs) {
            LOG.log(Level.WARNING, "A listener of many prompts failed; it is told the rest all the same", theirs);
        }
    }

    private synchronized List<WriteOutcome> end() {
        for (int i = 0; i < outcomes.length; i++) {
            settle(
                    i,
                    new WriteOutcome.Failed(
                            requests.get(i),
                            new ChatException(
                                    ChatError.CANCELLED, Problem.of("Somebody stopped it before it was written"))));
        }
        return List.of(outcomes);
    }
}
