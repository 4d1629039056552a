package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException;
import dev.gaze.example.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line says before any library is opened. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLineTest {

    private static CommandLine commands() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        PrintStream noBar = new PrintStream(OutputStream.nullOutputStream());
        return Host.commandLine(new Terminal(nowhere, nowhere, noBar, false), name -> null);
    }

    /** Every command, with those that stand below another: {@code history list}. */
    static Stream<String> names() {
        return names(commands(), "");
    }

    private static Stream<String> names(CommandLine above, String path) {
        return above.getSubcommands().entrySet().stream()
                .flatMap(command -> Stream.concat(
                        Stream.of(path + command.getKey()), names(command.getValue(), path + command.getKey() + " ")));
    }

    @Test
    void without_a_command_it_tells_which_there_are() {
        HostRun run = HostRun.of();

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(commands().getSubcommands().keySet()).contains("Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_command_explains_itself(String command) {
        HostRun run = HostRun.of((command + " --help").split(" "));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: gaze-example " + command, "--debug");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_misspelt_command_is_answered_with_the_nearest() {
        HostRun run = HostRun.of("prevew");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("'prevew'").contains("fix    did you mean 'preview'");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void what_is_far_from_every_command_is_not_taken_for_one() {
        HostRun run = HostRun.of("zzzzzzzzzz");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--help").doesNotContain("did you mean");
    }

    @Test
    void every_command_is_described_beside_its_name() {
        String help = HostRun.of("--help").out().replaceAll("\\s+", " ");

        assertThat(commands().getSubcommands())
                .allSatisfy((name, command) -> assertThat(help)
                        .contains(" %s %s "
                                .formatted(
                                        name,
                                        command.getCommandSpec().usageMessage().description()[0])));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cancel nope", "retry nope", "follow nope"})
    void what_is_no_id_is_told_with_where_they_stand(String line) {
        HostRun run = HostRun.of(line.split(" "));

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .contains("'nope' is no id of a job or a batch")
                .contains("fix    `jobs` lists the ids of jobs, `batches` those of batches");
    }

    @Test
    void what_is_no_id_of_a_batch_is_told_with_where_they_stand() {
        HostRun run = HostRun.of("jobs", "--batch", "nope");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("'nope' is no id of a batch").contains("fix    `batches` lists them");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "write x --minutes 0",
                "jobs --most -3",
                "jobs --most many",
                "covers --wait 0",
                "author bulk outfit --most 0",
                "history list --most 0"
            })
    void numbers_of_things_begin_at_one(String line) {
        HostRun run = HostRun.of(line.split(" "));

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("expected a whole number from 1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "write | nothing to write a prompt from | say what the picture is to show",
                "author write outfit | nothing to write from | name a model file with --file",
                "write x --conversation nope | 'nope' is no conversation | --conversation new",
                "backends --every 5s | counts only with it | add --watch",
                "history show nope | 'nope' is no number of an entry | `history list` tells them",
                "history list --most 500 | '--most': '500' is not accepted; expected a whole number from 1 to 200 | --help",
                "wildcard resolve a --count 0 | '--count': '0' is not accepted; expected a whole number from 1 to 1 | --help",
                "write x --preset foo | Value for option '--preset' | --help",
                "histry list | 'histry' | did you mean 'history'",
                "history lst | 'lst' | did you mean 'list'",
                "show outfit | No asset is named | show outfit raincoat"
            })
    void options_that_make_no_sense_are_refused_with_what_does(String line, String said, String fix) {
        HostRun run = HostRun.of(line.split(" "));

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains(said).containsPattern("fix    .*" + Pattern.quote(fix));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"batch nofile", "wildcard save x nofile", "write --ideas nofile", "chat hi --image nofile"})
    void a_file_that_is_not_there_is_told_by_its_name(String line, @TempDir Path folder) {
        HostRun run = HostRun.of((line + " --library " + folder).split(" "));

        assertThat(run.code()).isEqualTo(ExitCodes.of(GazeException.Kind.NOT_FOUND));
        assertThat(run.err()).contains("There is no file 'nofile'");
    }

    @Test
    void a_file_that_cannot_be_read_is_told_with_what_to_do(@TempDir Path folder) throws Exception {
        Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'c', 'a', 'f', (byte) 0xe9});

        HostRun text = HostRun.of("batch", latin.toString(), "--library", folder.toString());
        HostRun image = HostRun.of("chat", "hi", "--image", latin.toString(), "--library", folder.toString());
        HostRun directory = HostRun.of("batch", folder.toString(), "--library", folder.toString());

        assertThat(text.code()).isEqualTo(ExitCodes.of(GazeException.Kind.INVALID));
        assertThat(text.err()).contains("no UTF-8 text", "latin.txt", "save it as UTF-8");
        assertThat(image.code()).isEqualTo(ExitCodes.of(GazeException.Kind.INVALID));
        assertThat(image.err()).contains("latin.txt", "name a PNG");
        assertThat(directory.err()).contains("is a folder", "name a file");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"covers style", "batch lines.txt"})
    void a_sheet_that_cannot_be_drawn_is_refused_before_any_work(String line, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("lines.txt"), "a lighthouse");
        Path sheet = folder.resolve("nowhere/sheet.png");

        HostRun run = HostRun.of(
                (line.replace("lines", folder + "/lines") + " --library " + folder + " --sheet " + sheet).split(" "));
        HostRun onFolder = HostRun.of("covers", "--library", folder.toString(), "--sheet", folder.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.of(GazeException.Kind.INVALID));
        assertThat(run.err()).contains("its folder is not there", "fix    make the folder");
        Path picture = folder.resolve("sheet.jpg");
        HostRun jpeg = HostRun.of("covers", "--library", folder.toString(), "--sheet", picture.toString());
        assertThat(jpeg.code()).isEqualTo(ExitCodes.of(GazeException.Kind.INVALID));
        assertThat(jpeg.err()).contains("a sheet is a PNG", "sheet.png");
        assertThat(onFolder.err()).contains("it is a folder");
        assertThat(folder.resolve(".gaze")).doesNotExist();
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
                "--steps  | many       | 'many' is not accepted; expected a whole number from 1 to 150",
                "--steps  | 0          | '0' is not accepted; expected a whole number from 1 to 150",
                "--cfg    | hot        | 'hot' is not accepted; expected a number from 0 to 30",
                "--cfg    | 99         | '99' is not accepted; expected a number from 0 to 30",
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
