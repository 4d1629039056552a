package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wildcards and templates on the command line. */
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WildcardCommandTest {
    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void copy() throws IOException {
        library = SampleLibrary.copyTo(folder);
    }

    private HostRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("wildcard"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--library", library.toString()));
        return HostRun.of(all.toArray(String[]::new));
    }

    @Test
    @Tag("D29")
    void list_tells_files_lists_and_what_is_broken() throws IOException {
        assertThat(run("list").lines())
                .anyMatch(line -> line.matches("weather +text +4"))
                .anyMatch(line -> line.matches("light +yaml +5  morning, evening"));

        Files.writeString(library.resolve("wildcards/torn.yaml"), "a: [b");
        HostRun broken = run("list");
        assertThat(broken.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(broken.err()).contains("torn.yaml:1");
        assertThat(broken.lines()).hasSize(2);
    }

    @Test
    @Tag("D30")
    void resolve_draws_takes_in_turn_or_writes_every_result() {
        assertThat(run("resolve", "{cat|dog} at {light:morning}", "--all").lines())
                .containsExactly("cat at pale sun", "cat at golden haze", "dog at pale sun", "dog at golden haze");
        assertThat(run("resolve", "{cat|dog}", "--in-turn", "--count", "3").lines())
                .containsExactly("cat", "dog", "cat");
        assertThat(run("resolve", "{cat|dog}", "--count", "50", "--distinct").lines())
                .containsExactlyInAnyOrder("cat", "dog");
        assertThat(run("resolve", "__weather__", "--seed", "7", "--count", "3").lines())
                .hasSize(3)
                .containsExactlyElementsOf(run("resolve", "__weather__", "--seed", "7", "--count", "3")
                        .lines());
        assertThat(run("resolve", "a ${who}", "--set", "who=fox, red").lines()).containsExactly("a fox, red");
    }

    @Test
    @Tag("D30")
    void resolve_suggests_loras_warns_beside_the_results_and_tells_where_a_template_is_torn() throws IOException {
        Files.createDirectories(library.resolve("wildcards/.state"));
        Files.writeString(
                library.resolve("wildcards/.state/loras.json"),
                "{\"light\": [{\"name\": \"glow\", \"model_weight\": 0.6, \"trigger\": \"glowing\"}]}");

        HostRun suggested = run("resolve", "__light/morning__, __nobody__");
        assertThat(suggested.out()).contains("lora      ").contains("glow");
        assertThat(suggested.err()).contains("warning: There is no wildcard 'nobody'");
        assertThat(suggested.code()).isZero();

        assertThat(run("resolve", "__wether__").err()).contains("no wildcard 'wether'", "did you mean 'weather'");

        HostRun torn = run("resolve", "sea {a|b");
        assertThat(torn.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(torn.err()).contains("line 1, column 5");
        assertThat(run("resolve", "${who}", "--strict").code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(run("resolve", "a", "--count", "0").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    @Tag("D51")
    void save_keeps_the_old_text_as_a_version() throws IOException {
        String before = Files.readString(library.resolve("wildcards/weather.txt"));
        Path text = Files.writeString(folder.resolve("new.txt"), "hail\n");

        assertThat(run("save", "weather", text.toString()).out()).contains("weather.txt@2");

        assertThat(run("resolve", "__weather__", "--all").lines()).containsExactly("hail");
        assertThat(run("versions", "weather").lines())
                .hasSize(2)
                .first()
                .asString()
                .endsWith("current");
        assertThat(run("versions", "weather", "--show", "1").out()).isEqualTo(before);
        assertThat(run("versions", "weather", "--show", "9").code()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(run("versions", "wether").err()).contains("did you mean 'weather'?");
        assertThat(run("save", "../out", text.toString()).code()).isEqualTo(ExitCodes.of(Kind.REFUSED));
        for (String unsayable : List.of("a,b", "we__ather", "weather_", "sun{ny}", "*")) {
            HostRun run = run("save", unsayable, text.toString());
            assertThat(run.code()).as(unsayable).isEqualTo(ExitCodes.of(Kind.INVALID));
            assertThat(run.err()).contains("No template can name", "such as 'hue/warm'");
        }
        assertThat(run("save", "sky/late summer_1.txt", text.toString()).code()).isZero();
        assertThat(run("save", "weather", folder.resolve("none.txt").toString()).code())
                .isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
    }

    @Test
    void without_more_it_tells_what_it_can_do() {
        assertThat(HostRun.of("wildcard").out()).contains("list", "resolve", "versions", "save");
    }
}
