package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.example.project.SampleLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A library as a server of tools, in a JVM of its own. */
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class McpServerCommandTest {
    @TempDir
    private Path folder;

    private Path library;

    @BeforeEach
    void copy() throws IOException {
        library = SampleLibrary.copyTo(folder);
    }

    private List<String> command(Path of) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gaze.example.Main",
                "mcp-server",
                "--library",
                of.toString());
    }

    @Test
    @Tag("G134")
    void one_library_uses_the_tools_of_another() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        JsonObject server = JsonObject.of("command", command(library));
        Files.write(other.resolve("gaze.json"), Json.compact(JsonObject.of("mcp", JsonObject.of("library", server))));

        try (Gaze gaze = Gaze.open(other)) {
            JsonObject made = run(
                    gaze,
                    "generate_image",
                    Json.object(
                            "{\"assets\":{\"character\":\"mira_vale\",\"outfit\":[\"raincoat\"]},\"width\":64,\"height\":64,\"seed\":\"18446744073709551615\"}"));

            assertThat(made.text("state")).contains("DONE");
            JsonText file = (JsonText)
                    ((JsonArray) made.get("images").orElseThrow()).items().get(0);
            assertThat(Path.of(file.value())).isRegularFile().startsWith(library);
            assertThat(run(
                            gaze,
                            "get_job",
                            JsonObject.of("job", made.text("job").orElseThrow())))
                    .isEqualTo(made);
        }
    }

    private static JsonObject run(Gaze gaze, String name, JsonObject arguments) throws Exception {
        ChatTool tool = gaze.chatTools().stream()
                .filter(one -> one.id().equals(name))
                .findFirst()
                .orElseThrow();
        return Json.object(
                ((JsonText) tool.run(arguments)).value().getBytes(StandardCharsets.UTF_8), JsonLimits.ANSWER);
    }

    @Test
    void nothing_but_the_protocol_is_spoken_and_it_ends_with_the_input() throws Exception {
        ProcessBuilder program = new ProcessBuilder(command(library))
                .redirectError(folder.resolve("err").toFile());
        program.environment().remove("JAVA_TOOL_OPTIONS"); // with it a JVM says so on standard error
        Process server = program.start();
        try (Writer ask = server.outputWriter(StandardCharsets.UTF_8);
                BufferedReader answers = server.inputReader(StandardCharsets.UTF_8)) {
            ask.write("""
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
                    """);
            ask.flush();
            assertThat(Json.object(answers.readLine())
                            .object("result")
                            .object("serverInfo")
                            .text("name"))
                    .contains("gaze");
            ask.write("""
                    {"jsonrpc":"2.0","method":"notifications/initialized"}
                    {"jsonrpc":"2.0","id":2,"method":"tools/list"}
                    """);
            ask.flush();
            assertThat(answers.readLine()).contains("\"id\":2", "preview_prompt", "validate_tags");

            ask.close();

            assertThat(answers.lines()).isEmpty();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(folder.resolve("err")).isEmptyFile();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void what_keeps_it_from_starting_is_told_on_standard_error() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process server = new ProcessBuilder(command(folder.resolve("nowhere")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
            assertThat(out).isEmptyFile();
            assertThat(err).content().contains("There is no library at");
        } finally {
            server.destroyForcibly();
        }
    }
}
