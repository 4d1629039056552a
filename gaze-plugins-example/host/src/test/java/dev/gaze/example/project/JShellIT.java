package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JShell line of the README, fed a script. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JShellIT {
    @TempDir
    private Path folder;

    static Stream<Jdk> jdks() throws IOException {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_sample_library_is_open_as_gaze(Jdk jdk) throws Exception {
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.move(SampleLibrary.copyTo(folder), target.resolve("jshell-library"));
        Files.copy(
                Checkout.top().resolve("gaze-plugins-example/host/src/main/jshell/gaze.jsh"),
                target.resolve("gaze.jsh"));
        List<String> command = new ArrayList<>();
        String line = Readme.command("JShell with the sample library open as `gaze`");
        for (String word : line.substring(line.indexOf("jshell --")).split(" (?![^$]*\\))")) {
            command.add(
                    word.equals("\"$(cat target/jshell.classpath)\"")
                            ? PackagedJars.path(PackagedJars.withoutPoses())
                            : word);
        }
        command.set(0, jdk.program("jshell"));

        Child child = Child.run(folder, command, """
                        gaze.preview(GenerationRequest.mix().character("mira_vale"))
                        List<PromptTarget> targets = List.of()
                        gaze.prompts().character("mira_vale").with("outfit", "raincoat").build().main()
                        gaze.generate(r -> r.character("mira_vale").size(64, 64)).await(Duration.ofMinutes(1)).image().file()
                        /exit
                        """).endedWell();

        assertThat(child.out())
                .contains("1girl, solo, mira vale, miraV, rainC")
                .contains("gen_")
                .contains(".png");
        assertThat(target.resolve("jshell-library/uploads/character/mira_vale")).isNotEmptyDirectory();
    }
}
