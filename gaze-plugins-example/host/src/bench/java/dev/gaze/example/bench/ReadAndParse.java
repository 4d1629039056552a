package dev.gaze.example.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** In a JVM of its own: reads every file and parses it with Jackson on one thread, and prints the milliseconds. */
final class ReadAndParse {
    private ReadAndParse() {}

    public static void main(String[] arguments) throws IOException {
        Path library = Path.of(arguments[0]);
        long start = System.nanoTime();
        JsonMapper mapper = new JsonMapper();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(library.resolve("data"))) {
            files = walk.filter(file -> file.toString().endsWith(".json")).toList();
        }
        long members = 0;
        for (Path file : files) {
            members += mapper.readTree(Files.readAllBytes(file)).size();
        }
        double took = (System.nanoTime() - start) / 1e6;
        if (members == 0) {
            throw new IllegalStateException("Nothing parsed below " + library);
        }
        System.out.println(took);
    }
}
