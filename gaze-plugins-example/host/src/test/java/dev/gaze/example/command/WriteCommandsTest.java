package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prompts written and looked up again, with a model server inside the test and the embedded ComfyUI. */
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WriteCommandsTest {
    @TempDir
    Path folder;

    private List<String> answer = List.of("PROMPT: lighthouse, ", "sea\\nNEGATIVE: blurry", "");
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer model;
    private Path library;

    @BeforeEach
    void start() throws IOException {
        library = SampleLibrary.copyTo(folder);
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/v1/chat/completions", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(request);
            if (request.contains("BREAK")) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            if (!request.contains("\"stream\":true")) {
                byte[] whole =
                        "{\"model\":\"stub\",\"choices\":[{\"message\":{\"content\":\"PROMPT: lighthouse, sea\"}}]}"
                                .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole);
                exchange.close();
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                for (String piece : answer) {
                    body.write("data: {\"model\":\"stub\",\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
                            .formatted(piece)
                            .getBytes(StandardCharsets.UTF_8));
                }
                body.write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
        model.start();
    }

    @AfterEach
    void stop() {
        model.stop(0);
    }

    private HostRun run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--library", library.toString()));
        return HostRun.of(
                false,
                Map.of(
                        "GAZE_LLM_URL",
                        "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
                        "GAZE_LLM_MODEL",
                        "stub"),
                all.toArray(String[]::new));
    }

    @Test
    @Tag("P20")
    @Tag("P24")
    @Tag("P25")
    void a_prompt_is_written_drawn_listed_exported_and_deleted() throws IOException {
        HostRun written = run(
                "write",
                "a",
                "lighthouse",
                "--target",
                "sdxl",
                "--preset",
                "lighting=Moonlight",
                "--generate",
                "--size",
                "64x64");

        assertThat(written.err()).isEmpty();
        assertThat(written.code()).isZero();
        assertThat(written.out()).startsWith("PROMPT: lighthouse, sea").contains("history   1");
        assertThat(Path.of(written.lastLine())).exists();
        assertThat(asked.get(0)).contains("Selected presets:", "moonlight");

        HostRun list = run("history", "list");
        assertThat(list.out()).contains("generation", "oneshot  sdxl  a lighthouse", "2 of 2");
        assertThat(run("history", "search", "LIGHTHOUSE, SEA").out()).contains("2 of 2");
        assertThat(run("history", "search", "sea lighthouse").out()).contains("0 of 0");
        assertThat(run("history", "search", "--words", "sea lighthouse").out()).contains("2 of 2");
        HostRun shown = run("history", "show", "1");
        assertThat(shown.out()).contains("asked     a lighthouse", "negative  blurry", "picture   ", "writer    stub");
        assertThat(run("history", "show", "2").out()).contains("from      1");

        Path file = folder.resolve("history.jsonl");
        assertThat(run("history", "export", "--file", file.toString()).out()).contains("2 entries");
        assertThat(Files.readAllLines(file)).hasSize(2).allSatisfy(line -> {
            JsonObject entry = Json.object(line);
            assertThat(entry.text("generated_output").orElseThrow()).contains("lighthouse, sea");
        });
        HostRun again = run("history", "export", "--file", file.toString());
        assertThat(again.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(again.err()).contains("is there already", "name a new one");
        assertThat(run("history", "export").lines()).hasSize(2);
        HostRun nowhere = run(
                "history",
                "export",
                "--file",
                folder.resolve("nowhere/history.jsonl").toString());
        assertThat(nowhere.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(nowhere.err()).contains("There is no folder for the file", "make the folder");
        assertThat(run("history", "show", "31").err()).contains("`history list`");

        assertThat(run("history", "delete", "1").code()).isZero();
        assertThat(run("history", "delete", "1").code()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(run("history", "show", "one").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(HostRun.of("history").out()).contains("list", "search", "show", "delete", "export");
    }

    @Test
    @Tag("P22")
    void a_conversation_goes_on_in_another_run() {
        HostRun first = run("write", "a lighthouse", "--conversation", "new");
        String id = first.lines().stream()
                .filter(line -> line.startsWith("talk"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();

        HostRun second = run("write", "brighter", "--conversation", id);

        assertThat(second.code()).isZero();
        assertThat(asked.get(1)).contains("a lighthouse", "PROMPT: lighthouse, sea", "brighter");
        assertThat(second.out()).doesNotContain("warning");
        assertThat(run("write", "x", "--conversation", "nonsense").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run("write", "x", "--conversation", "0".repeat(32)).out()).contains("it begins anew");
    }

    @Test
    void what_a_model_writes_is_no_template() {
        answer = List.of("PROMPT: {sea|storm, ", "50% of __it__ and {\\nNEGATIVE: {blurry");

        HostRun written = run("write", "a lighthouse", "--generate", "--size", "64x64");

        assertThat(written.err()).isEmpty();
        assertThat(run("history", "search", "{sea|storm, 50% of __it__ and {").out())
                .contains("2 of 2");
        assertThat(run("history", "show", "2").out()).contains("watermark, {blurry");
    }

    @Test
    @Tag("P68")
    void a_picture_is_described() throws IOException {
        Path picture = Files.write(folder.resolve("seen.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});

        HostRun seen = run("write", "--image", picture.toString(), "mind the sky");

        assertThat(seen.code()).isZero();
        assertThat(seen.out()).startsWith("PROMPT: lighthouse, sea");
        assertThat(asked.get(0)).contains("data:image/png;base64,", "mind the sky");
        assertThat(run("write", "--image", folder.resolve("none.png").toString())
                        .err())
                .contains("There is no file", "none.png");
    }

    @Test
    @Tag("P69")
    void every_line_of_a_file_becomes_a_prompt_and_may_fail_alone() throws IOException {
        Path ideas = Files.writeString(folder.resolve("ideas.txt"), "a lighthouse\n\nBREAK\n  a storm \n");

        HostRun many = run("write", "--ideas", ideas.toString(), "--target", "sdxl", "--at-once", "2");

        assertThat(many.code()).isEqualTo(ExitCodes.of(Kind.FAILED));
        assertThat(many.out())
                .contains("idea      a lighthouse", "idea      BREAK", "idea      a storm")
                .contains("PROMPT: lighthouse, sea");
        assertThat(many.err()).contains("failed    ");
        assertThat(run("history", "list").out()).contains("2 of 2", "sdxl  a storm");
        assertThat(run("write", "--ideas", folder.resolve("none.txt").toString())
                        .err())
                .contains("none.txt");
    }

    @Test
    void a_target_that_nobody_knows_is_told_with_those_there_are() {
        HostRun written = run("write", "a lighthouse", "--target", "foo");

        assertThat(written.code()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(written.err()).contains("There is no target 'foo'", "flux", "sdxl");
        assertThat(run("write", "a lighthouse", "--target", "sdxx").err()).contains("did you mean 'sdxl'?");
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("P31")
    void presets_are_checked_before_anybody_is_asked() {
        HostRun name = run("write", "x", "--preset", "lighting=Monlight");
        HostRun category = run("write", "x", "--preset", "lightning=Moonlight");
        HostRun pack = run("write", "x", "--pack", "Gibli");

        assertThat(name.err()).contains("'Monlight'", "did you mean 'Moonlight'");
        assertThat(category.err()).contains("did you mean 'lighting'");
        assertThat(pack.code()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(asked).isEmpty();
        assertThat(run("write", "x", "--pack", "studio ghibli magic").code()).isZero();
        assertThat(asked.get(0)).contains("Anime/Manga > Studio Ghibli");
    }
}
