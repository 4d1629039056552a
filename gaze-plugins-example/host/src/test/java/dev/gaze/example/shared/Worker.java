package dev.gaze.example.shared;

import dev.gaze.api.Gaze;
import dev.gaze.api.GazeBuilder;
import dev.gaze.api.job.Batch;
import dev.gaze.api.job.GenerationRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One process of several that share a library. Hands in its jobs and works with the others; once it is told to finish by a
 * byte on standard input, it ends when nothing is left to do for anybody. Its arguments: the library, the database, how
 * many jobs to hand in, and the servers.
 */
final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        GazeBuilder builder = Gaze.builder().library(Path.of(arguments[0])).database(arguments[1]);
        for (String server : List.of(arguments).subList(3, arguments.length)) {
            builder.server(URI.create(server));
        }
        try (Gaze gaze = builder.open()) {
            gaze.jobs().batch(requests(Integer.parseInt(arguments[2])));
            System.out.println(TwoProcesses.HANDED_IN);
            System.in.read();
            for (Batch batch : gaze.jobs().batches(0, 10).items()) {
                batch.await(Duration.ofMinutes(3));
            }
        }
    }

    private static List<GenerationRequest> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(seed -> GenerationRequest.mix()
                        .plus("a lighthouse")
                        .size(64, 64)
                        .steps(2)
                        .seed(seed))
                .toList();
    }
}
