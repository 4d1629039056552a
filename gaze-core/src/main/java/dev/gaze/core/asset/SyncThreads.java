package dev.gaze.core.asset;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads of a library: they read and parse files and write the copy of the index, and end when idle. */
final class SyncThreads {
    private static final int IDLE_SECONDS = 2;

    private SyncThreads() {}

    /** One per core, and one for the database, which mostly waits. */
    static ThreadPoolExecutor make() {
        int most = Runtime.getRuntime().availableProcessors() + 1;
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "gaze-sync");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Does pieces of work on several threads and hands their results over on this one, in order. */
    static <T> void inOrder(List<Callable<T>> pieces, ExecutorService threads, Consumer<T> results) {
        List<Future<T>> running = new ArrayList<>();
        pieces.forEach(piece -> running.add(threads.submit(piece)));
        try {
            for (int i = 0; i < running.size(); i++) {
                results.accept(running.get(i).get());
                running.set(i, null); // what was handed over need not be held
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GazeException(GazeException.Kind.CANCELLED, Problem.of("The sync was interrupted"));
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("A file could not be looked at", failure.getCause());
        } finally {
            running.stream().filter(task -> task != null).forEach(task -> task.cancel(true));
        }
    }
}
