package dev.gaze.example.bench;

import dev.gaze.api.Gaze;
import dev.gaze.api.plan.Seed;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** In a JVM of its own, with 64 MB of heap: uses {@code huge.txt} of a library, or counts its lines, and prints one figure. */
final class HugeWildcard {
    private static final int FURTHER = 100;
    private static final double MEGABYTE = 1e6;

    private HugeWildcard() {}

    public static void main(String[] arguments) throws Exception {
        Path library = Path.of(arguments[0]);
        System.out.println(
                switch (arguments[1]) {
                    case "first" -> resolve(library, 1);
                    case "after" -> resolve(library, FURTHER);
                    case "heap" -> heap(library);
                    default -> scan(library, Long.parseLong(arguments[2]));
                });
    }

    /** Milliseconds of the first result, or of each further one. */
    private static double resolve(Path library, int count) throws Exception {
        try (Gaze gaze = Gaze.builder().library(library).embedded().open()) {
            double first = Pairs.millis(() -> draw(gaze, 0));
            if (count == 1) {
                return first;
            }
            double further = Pairs.millis(() -> {
                for (int i = 1; i <= count; i++) {
                    draw(gaze, i);
                }
            });
            return further / count;
        }
    }

    private static void draw(Gaze gaze, long seed) {
        String text =
                gaze.wildcards().resolve("__huge__", new Seed(seed), 1).texts().get(0);
        if (!text.startsWith("entry number ")) {
            throw new IllegalStateException("This is no entry: " + text);
        }
    }

    /** The most heap that was ever in use, with all that the library takes besides. */
    private static double heap(Path library) throws Exception {
        resolve(library, FURTHER);
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / MEGABYTE;
    }

    /** The reference: milliseconds of counting newlines. */
    private static double scan(Path library, long expected) throws Exception {
        byte[] buffer = new byte[1 << 20];
        long[] lines = new long[1];
        double took = Pairs.millis(() -> {
            try (InputStream in =
                    Files.newInputStream(library.resolve("wildcards").resolve("huge.txt"))) {
                for (int read; (read = in.read(buffer)) >= 0; ) {
                    lines[0] += count(buffer, read);
                }
            }
        });
        if (lines[0] != expected) {
            throw new IllegalStateException("Counted " + lines[0] + " lines of " + expected);
        }
        return took;
    }

    private static int count(byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
