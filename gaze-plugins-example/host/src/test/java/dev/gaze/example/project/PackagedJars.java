package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars a user of GAZE has: ours as they were packaged, and the libraries they need at run time. */
final class PackagedJars {
    private static final String VERSION = "0.1.0";
    /** Libraries that only the host needs. */
    private static final List<String> HOSTS_OWN = List.of("picocli", "progressbar", "jline");

    /** Libraries that only our tests and the command line host need. */
    private static final List<String> NOT_OURS = List.of(
            "junit",
            "opentest4j",
            "apiguardian",
            "assertj",
            "byte-buddy",
            "archunit",
            "awaitility",
            "hamcrest",
            "picocli",
            "progressbar",
            "jline",
            "surefire",
            "jmh",
            "jopt-simple",
            "commons-math3",
            "jacoco");

    private PackagedJars() {}

    /** What {@code dev.gaze:gaze-comfy} brings along. */
    static List<Path> withoutPoses() throws IOException {
        List<Path> libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(path -> NOT_OURS.stream()
                        .noneMatch(name -> path.getFileName().toString().startsWith(name)))
                .filter(path -> !path.getFileName().toString().startsWith("gaze-"))
                .toList();
        assertThat(libraries).isNotEmpty();
        return Stream.concat(
                        Stream.of("gaze-api", "gaze-core", "gaze-comfy")
                                .map(module -> jar(Checkout.top().resolve(module), module)),
                        libraries.stream())
                .toList();
    }

    /** The same, and the example plugin. */
    static List<Path> withPoses() throws IOException {
        return Stream.concat(withoutPoses().stream(), Stream.of(poses())).toList();
    }

    /** The command line host with what it needs. */
    static List<Path> ofHost() throws IOException {
        Stream<Path> libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> HOSTS_OWN.stream()
                        .anyMatch(name -> path.getFileName().toString().startsWith(name)));
        Path host = jar(Checkout.top().resolve("gaze-plugins-example/host"), "gaze-example-host");
        Path llm = jar(Checkout.top().resolve("gaze-llm"), "gaze-llm");
        return Stream.of(Stream.of(host, llm), libraries, withPoses().stream())
                .flatMap(Function.identity())
                .toList();
    }

    static Path poses() {
        return jar(Checkout.top().resolve("gaze-plugins-example/poses"), "gaze-example-poses");
    }

    static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path module, String artifact) {
        Path jar = module.resolve("target").resolve(artifact + "-" + VERSION + ".jar");
        assertThat(Files.isRegularFile(jar))
                .as("%s is packaged (run mvn verify)", jar.getFileName())
                .isTrue();
        return jar;
    }
}
