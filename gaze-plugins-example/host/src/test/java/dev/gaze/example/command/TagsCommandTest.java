package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tags on the command line, in an empty library. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TagsCommandTest {
    @TempDir
    Path library;

    private HostRun run(Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of("tags"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--library", library.toString()));
        return HostRun.of(false, environment, all.toArray(String[]::new));
    }

    @Test
    @Tag("G132")
    @Tag("G134")
    void tags_are_found_by_beginning_part_and_slip() {
        assertThat(run(Map.of(), "search", "long_h", "--most", "1").lines())
                .singleElement()
                .asString()
                .matches("long_hair +general +\\d+");
        assertThat(run(Map.of(), "search", "sole", "female").out())
                .contains("1girl")
                .contains("(sole_female)");
        assertThat(run(Map.of(), "suggest", "hair", "--most", "50").out()).contains("hair_ornament", "red_hair");
        assertThat(run(Map.of(), "suggest", "log_hair").out()).contains("long_hair");
        assertThat(run(Map.of(), "suggest", "mi", "--category", "character").lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(" character "));
    }

    @Test
    @Tag("G132")
    void validate_tells_each_tag_and_in_its_exit_code_whether_all_exist() {
        HostRun good = run(Map.of(), "validate", "Long Hair, (smile:1.2)", "sole female");
        assertThat(good.code()).isZero();
        assertThat(good.lines())
                .containsExactly("valid     long_hair", "valid     smile", "alias     sole_female of 1girl");

        HostRun wrong = run(Map.of(), "validate", "lnog_hair");
        assertThat(wrong.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(wrong.out()).startsWith("unknown   lnog_hair  (did you mean long_hair");
    }

    @Test
    void where_only_the_short_list_is_there_an_unknown_tag_is_told_with_how_to_name_a_longer_one() throws IOException {
        Path list = Files.writeString(library.resolve("mine.csv"), "lamp_post,0,3,\n");
        Map<String, String> mine = Map.of("GAZE_TAGS", list.toString());

        assertThat(run(Map.of(), "validate", "zzzqqq, qqqzzz").err())
                .containsOnlyOnce("only the short list")
                .contains("GAZE_TAGS", "\"tags\" in gaze.json");
        assertThat(run(Map.of(), "validate", "long_hair").err()).isEmpty();
        assertThat(run(mine, "validate", "zzzqqq").err()).isEmpty();
        for (String command : List.of("search", "suggest")) {
            HostRun nothing = run(Map.of(), command, "zzzqqq");
            assertThat(nothing.code()).isZero();
            assertThat(nothing.out()).isEmpty();
            assertThat(nothing.err()).contains("No tag was found for 'zzzqqq'", "only the short list");
            assertThat(run(mine, command, "zzzqqq").err()).doesNotContain("short list");
        }
    }

    @Test
    void a_list_of_your_own_is_named_by_a_variable() throws IOException {
        Path list = Files.writeString(library.resolve("mine.csv"), "lamp_post,0,3,\n");

        assertThat(run(Map.of("GAZE_TAGS", list.toString()), "search", "l").lines())
                .singleElement()
                .asString()
                .startsWith("lamp_post");
    }

    @Test
    void without_a_command_it_tells_which_there_are_and_a_wrong_category_is_told() {
        assertThat(HostRun.of("tags").out()).contains("search", "suggest", "validate");
        HostRun wrong = run(Map.of(), "search", "a", "--category", "generl");
        assertThat(wrong.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(wrong.err()).contains("general");
    }
}
