package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.job.GenerationRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands in 100,000 jobs while nothing is sent; prints the rate of the last tenth, as a part of that of the first. */
final class ManyQueued {
    private static final int JOBS = 100_000;
    private static final int CHUNK = 1_000;

    private ManyQueued() {}

    public static void main(String[] arguments) {
        InstantBackend backend = new InstantBackend();
        try (Gaze gaze = Gaze.builder()
                .library(Path.of(arguments[0]))
                .plugin(backend)
                .server(ServerSettings.of(URI.create("instant:bench")))
                .open()) {
            gaze.jobs().pause();
            List<Double> rates = new ArrayList<>();
            for (int done = 0; done < JOBS; done += CHUNK) {
                List<GenerationRequest> requests = new ArrayList<>();
                for (int i = 0; i < CHUNK; i++) {
                    requests.add(GenerationRequest.mix()
                            .plus("lighthouse " + (done + i))
                            .size(64, 64)
                            .seed(done + i));
                }
                long start = System.nanoTime();
                gaze.jobs().batch(requests);
                rates.add(CHUNK / ((System.nanoTime() - start) / 1e9));
            }
            int tenth = rates.size() / 10;
            System.out.println(
                    average(rates.subList(rates.size() - tenth, rates.size())) / average(rates.subList(1, 1 + tenth)));
        }
    }

    private static double average(List<Double> rates) {
        return rates.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
