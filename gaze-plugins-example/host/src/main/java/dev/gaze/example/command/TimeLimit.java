package dev.gaze.example.command;

import dev.gaze.api.chat.ChatException;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** How long a language model may take. Whatever it is at when that has passed is stopped: nobody would hear of it. */
record TimeLimit(Duration atMost) {
    static final String OPTION = "--minutes";

    /**
     * Waits for what a model makes.
     *
     * @param await waits for so long at most
     * @param cancel stops the model
     */
    <T> T await(Function<Duration, T> await, Runnable cancel) {
        try {
            return await.apply(atMost);
        } catch (ChatException ofTheModel) {
            throw ofTheModel;
        } catch (GazeException late) {
            if (late.kind() != GazeException.Kind.TIMEOUT) {
                throw late;
            }
            throw new GazeException(
                    late.kind(),
                    null,
                    List.of(Problem.of("The model has not answered within " + told() + " and was stopped")
                            .fix("allow more time with " + OPTION)),
                    late);
        } finally {
            cancel.run();
        }
    }

    private String told() {
        long minutes = atMost.toMinutes();
        return minutes == 0 ? atMost.toMillis() + " ms" : minutes == 1 ? "1 minute" : minutes + " minutes";
    }
}
