package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger's program on the packaged jars, in a JVM of its own, on every JDK that matters and is at hand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackagedJarsIT {
    private static final String PROGRAM = """
            package stranger;

            import dev.gaze.api.Gaze;
            import dev.gaze.api.job.Job;
            import java.nio.file.Path;
            import java.time.Duration;

            public class Main {
                public static void main(String[] arguments) {
                    try (Gaze gaze = Gaze.open(Path.of(arguments[0]))) {
                        gaze.categories().forEach(category -> System.out.println("category " + category.id()));
                        Job job = gaze.generate(request -> {
                            var mix = request.character("mira_vale").with("outfit", "raincoat").size(64, 64).seed(7);
                            return arguments.length > 1 ? mix.with("pose", arguments[1]) : mix;
                        });
                        System.out.println(job.plan());
                        System.out.println(job.await(Duration.ofMinutes(2)).image().file());
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    static Stream<Jdk> jdks() throws IOException {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_stranger_makes_an_image_on_the_class_path(Jdk jdk) throws Exception {
        Path classes = compile(jdk, List.of("-cp", PackagedJars.path(PackagedJars.withoutPoses())), false);

        Child child = run(jdk, classPath(classes, PackagedJars.withoutPoses()));

        assertThat(Path.of(child.lastLine())).exists().hasExtension("png");
        assertThat(child.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_stranger_makes_an_image_on_the_module_path(Jdk jdk) throws Exception {
        String jars = PackagedJars.path(PackagedJars.withoutPoses());
        Path classes = compile(jdk, List.of("--module-path", jars), true);

        Child child =
                run(jdk, List.of("--module-path", classes + File.pathSeparator + jars, "-m", "stranger/stranger.Main"));

        assertThat(Path.of(child.lastLine())).exists().hasExtension("png");
        assertThat(child.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    @Tag("G150")
    void the_poses_jar_adds_a_category_and_taking_it_away_takes_the_category_away(Jdk jdk) throws Exception {
        Path classes = compile(jdk, List.of("-cp", PackagedJars.path(PackagedJars.withoutPoses())), false);
        Path library = SampleLibrary.copyTo(folder);
        Path poses = Files.createDirectories(library.resolve("data/poses"));
        Path pose = Files.writeString(poses.resolve("arms_up.json"), """
                {
                  "pose_id": "arms_up",
                  "pose_name": "Arms up",
                  "pose": {"full_body": "stretching", "arms": "arms up"},
                  "lora": {"lora_name": "Illustrious/Poses/arms_up.safetensors", "lora_weight": 0.6}
                }
                """);

        Child with = Child.run(
                        folder,
                        command(jdk, classPath(classes, PackagedJars.withPoses()), library.toString(), "arms_up"))
                .endedWell();
        Child without = Child.run(
                        folder, command(jdk, classPath(classes, PackagedJars.withoutPoses()), library.toString()))
                .endedWell();

        assertThat(with.out())
                .contains("category pose")
                .contains("stretching, arms up")
                .contains("Illustrious/Poses/arms_up.safetensors");
        assertThat(without.out()).contains("category action").doesNotContain("category pose");
        assertThat(pose).exists();
    }

    private Child run(Jdk jdk, List<String> path) throws Exception {
        return Child.run(folder, command(jdk, path, SampleLibrary.copyTo(folder).toString()))
                .endedWell();
    }

    private static List<String> classPath(Path classes, List<Path> jars) {
        return List.of("-cp", classes + File.pathSeparator + PackagedJars.path(jars), "stranger.Main");
    }

    private static List<String> command(Jdk jdk, List<String> path, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.program("java")));
        command.addAll(path);
        command.addAll(List.of(arguments));
        return command;
    }

    private Path compile(Jdk jdk, List<String> path, boolean module) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/stranger"));
        List<String> command = new ArrayList<>(List.of(jdk.program("javac"), "-d", "classes"));
        command.addAll(path);
        command.add(Files.writeString(sources.resolve("Main.java"), PROGRAM).toString());
        if (module) {
            command.add(Files.writeString(
                            folder.resolve("src/module-info.java"), "module stranger { requires dev.gaze.api; }")
                    .toString());
        }
        Child.run(folder, command).endedWell();
        return folder.resolve("classes");
    }
}
