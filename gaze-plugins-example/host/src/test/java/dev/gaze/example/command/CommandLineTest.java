package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says before any library is opened. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLineTest {

    @Test
    void without_a_command_it_tells_which_there_are() {
        HostRun run = HostRun.of();

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "sync",
                        "list",
                        "show",
                        "preview",
                        "workflow",
                        "generate",
                        "tags",
                        "author",
                        "chat",
                        "mcp-server",
                        "demo")
                .contains("Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "list", "show", "preview", "workflow", "generate", "chat", "mcp-server", "demo"})
    void every_command_explains_itself(String command) {
        HostRun run = HostRun.of(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: gaze-example " + command, "--library", "--debug");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_misspelt_command_is_answered_with_the_nearest() {
        HostRun run = HostRun.of("prevew");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("'prevew'").contains("fix    did you mean 'preview'");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--size   | 3x4        | Width must be between 64 and 2048 and a multiple of 8, got 3",
                "--size   | wide       | 'wide' is no size; expected e.g. 832x1216",
                "--size   | 99999x8    | Width must be between 64 and 2048 and a multiple of 8, got 99999",
                "--seed   | -1         | expected a whole number from 0 to 18446744073709551615",
                "--seed   | 18446744073709551616 | expected a whole number from 0 to 18446744073709551615",
                "--steps  | many       | 'many' is not an int",
                "--cfg    | hot        | 'hot' is not a double",
                "--with   | raincoat   | 'raincoat' names no category; expected e.g. outfit=raincoat",
                "--with   | outfit=    | The slug of an asset key is blank",
                "--with   | =raincoat  | The category of an asset key is blank",
                "--comfy  | localhost  | expected http(s)://host:port",
                "--comfy  | ftp://a/b  | expected http(s)://host:port",
                "--comfy  | http://[   | it is no URL"
            })
    void a_wrong_value_is_told_with_what_is_accepted(String option, String value, String said) {
        HostRun run = HostRun.of("generate", option, value);

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .startsWith("error: Invalid value for option '" + option + "'")
                .contains(said)
                .contains("fix    gaze-example generate --help")
                .doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_secret_in_a_wrong_address_is_not_repeated() {
        HostRun run = HostRun.of("generate", "--comfy", "ftp://anna:hunter2@host/");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).doesNotContain("hunter2");
    }

    @Test
    void a_library_that_is_not_there_is_not_made(@TempDir Path folder) {
        Path missing = folder.resolve("typo");

        HostRun run = HostRun.of("list", "--library", missing.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.of(GazeException.Kind.NOT_FOUND));
        assertThat(run.err())
                .contains("There is no library at '" + missing + "'")
                .contains("--library");
        assertThat(missing).doesNotExist();
    }

    @Test
    void with_debug_an_error_shows_where_it_comes_from(@TempDir Path folder) {
        HostRun run = HostRun.of(
                "list", "--debug", "--library", folder.resolve("typo").toString());

        assertThat(run.err()).contains("\tat dev.gaze.example.command.LibraryCommand");
    }

    @Test
    void every_kind_of_refusal_has_an_exit_code_of_its_own() {
        assertThat(Arrays.stream(GazeException.Kind.values()).map(ExitCodes::of))
                .doesNotHaveDuplicates()
                .doesNotContain(0, ExitCodes.UNEXPECTED, ExitCodes.USAGE);
        assertThat(ExitCodes.HELP).hasSize(GazeException.Kind.values().length + 3);
    }

    @Test
    void names_from_files_and_arguments_do_not_move_the_cursor() {
        HostRun run = HostRun.of("list", "--library", "no\u001b[2Jwhere");

        assertThat(run.err()).contains("no?[2Jwhere").doesNotContain("\u001b");
    }
}
