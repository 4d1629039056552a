package dev.gaze.example.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param feature its feature version, such as 17
 * @param home its folder
 */
record Jdk(int feature, Path home) {

    /** The JDK these tests run on, and a 17 and a 25 beside it where there are such. */
    static Stream<Jdk> all() throws IOException {
        Map<Integer, Jdk> found = new LinkedHashMap<>();
        Jdk own = new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        found.put(own.feature, own);
        for (Path folder : neighbours(own.home)) {
            int feature = feature(folder);
            if ((feature == 17 || feature == 25) && Files.isExecutable(folder.resolve("bin/javac"))) {
                found.putIfAbsent(feature, new Jdk(feature, folder));
            }
        }
        return found.values().stream();
    }

    /** The program of that name in this JDK. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private static List<Path> neighbours(Path home) throws IOException {
        Path folder = home.toRealPath().getParent();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.sorted(Comparator.reverseOrder()).toList());
        }
    }

    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (var in = Files.newInputStream(release)) {
            properties.load(in);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[.+-]")[0]);
    }
}
