package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line host as it was packaged, in a JVM of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackagedHostIT {
    private static final String MAIN = "dev.gaze.example.Main";

    @TempDir
    private Path folder;

    static Stream<Jdk> jdks() throws IOException {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_host_makes_an_image_on_the_module_path(Jdk jdk) throws Exception {
        makesAnImage(jdk, "--module-path", PackagedJars.path(PackagedJars.ofHost()), "-m", "dev.gaze.example/" + MAIN);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_host_makes_an_image_on_the_class_path(Jdk jdk) throws Exception {
        makesAnImage(jdk, "-cp", PackagedJars.path(PackagedJars.ofHost()), MAIN);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_is_wrong_is_told_in_one_block_with_an_exit_code(Jdk jdk) throws Exception {
        Path library = SampleLibrary.copyTo(folder);

        Child child = run(
                jdk,
                List.of("--module-path", PackagedJars.path(PackagedJars.ofHost()), "-m", "dev.gaze.example/" + MAIN),
                "show",
                "outfit",
                "raincoatt",
                "--library",
                library.toString());

        assertThat(child.exit()).isEqualTo(4);
        assertThat(child.out()).isEmpty();
        assertThat(child.err())
                .startsWith("error: ")
                .contains("did you mean 'raincoat'?")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_host_offers_its_tools_on_the_module_path(Jdk jdk) throws Exception {
        Path library = SampleLibrary.copyTo(folder);

        Child child = run(
                        jdk,
                        List.of(
                                "--module-path",
                                PackagedJars.path(PackagedJars.ofHost()),
                                "-m",
                                "dev.gaze.example/" + MAIN),
                        "mcp-server",
                        "--library",
                        library.toString())
                .endedWell();

        assertThat(child.out()).as("the input is empty").isEmpty();
        assertThat(child.err()).isEmpty();
    }

    private void makesAnImage(Jdk jdk, String... java) throws Exception {
        Path library = SampleLibrary.copyTo(folder);

        Child child = run(
                        jdk,
                        List.of(java),
                        "generate",
                        "--library",
                        library.toString(),
                        "--character",
                        "mira_vale",
                        "--size",
                        "64x64",
                        "--steps",
                        "4")
                .endedWell();

        assertThat(Path.of(child.lastLine())).isRegularFile().hasExtension("png");
        assertThat(child.out()).contains("server    embedded", "step      4 of 4");
        assertThat(child.err()).isEmpty();
    }

    private Child run(Jdk jdk, List<String> java, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.program("java")));
        command.addAll(java);
        command.addAll(List.of(arguments));
        return Child.run(folder, command);
    }
}
