package dev.gaze.llm.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.chat.Secret;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.time.SystemTime;
import dev.gaze.llm.loop.ToolLoop;
import dev.gaze.llm.stub.StubServer;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tools of MCP servers: our own in a JVM of its own, the reference server of the protocol, and some that are no help. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class McpToolsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final SystemTime time = new SystemTime();
    private final List<ChatToolbox> opened = new ArrayList<>();

    @TempDir
    Path library;

    @AfterEach
    void close() {
        opened.forEach(ChatToolbox::close);
        time.close();
    }

    private ChatToolbox open(ToolServer... servers) {
        ChatToolbox box = new McpTools().open(new ToolSettings(McpToolsTest::noTags, List.of(servers), time));
        opened.add(box);
        return box;
    }

    private static TagCatalogue noTags() {
        throw new IllegalStateException("nobody asks for tags here");
    }

    private ToolServer ours() throws Exception {
        Path character =
                Files.createDirectories(library.resolve("data/characters")).resolve("mira_vale.json");
        Files.writeString(
                character,
                "{\"character_id\": \"mira_vale\", \"character_name\": \"Mira Vale\", \"identity\": {\"hair\": \"long red hair\"}}");
        return new ToolServer.Command(
                "library",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LibraryServer.class.getName(),
                        library.toString()),
                Map.of());
    }

    private static ChatTool named(ChatToolbox box, String name) {
        return box.tools().stream()
                .filter(tool -> tool.id().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject run(ChatTool tool, JsonObject arguments) throws Exception {
        String text = ((JsonText) tool.run(arguments)).value();
        return Json.object(text.getBytes(StandardCharsets.UTF_8), JsonLimits.ANSWER);
    }

    @Test
    @Tag("G134")
    void our_own_server_offers_a_library_to_a_program_elsewhere() throws Exception {
        ChatToolbox box = open(ours());

        assertThat(box.warnings()).isEmpty();
        assertThat(box.tools())
                .extracting(ChatTool::id)
                .contains(
                        "list_assets",
                        "preview_prompt",
                        "generate_image",
                        "get_job",
                        "search_tags",
                        "suggest_tags",
                        "validate_tags");
        assertThat(run(named(box, "list_assets"), JsonObject.empty()).toString())
                .contains("\"character\"");
        assertThat(run(named(box, "list_assets"), JsonObject.of("category", "character", "query", "mira")))
                .isEqualTo(JsonObject.of(
                        "assets", List.of(JsonObject.of("slug", "mira_vale", "name", "Mira Vale")), "total", 1));
        assertThat(run(
                                named(box, "preview_prompt"),
                                JsonObject.of("assets", JsonObject.of("character", "mira_vale"), "plus", "in the rain"))
                        .text("positive")
                        .orElseThrow())
                .contains("long red hair")
                .contains("in the rain");
    }

    @Test
    @Timeout(60)
    void what_goes_wrong_elsewhere_is_told_and_a_server_that_died_is_started_anew() throws Exception {
        ChatToolbox box = open(ours());

        assertThat(catchThrowableOfType(
                        GazeException.class,
                        () -> named(box, "list_assets").run(JsonObject.of("category", "charcter"))))
                .hasMessageContaining("did you mean 'character'");
        assertThat(catchThrowableOfType(
                        GazeException.class, () -> named(box, "list_assets").run(JsonObject.of("limit", "many"))))
                .hasMessageContaining("limit");
        assertThat(catchThrowableOfType(
                        GazeException.class,
                        () -> named(box, "list_assets").run(JsonObject.of("catgory", "character"))))
                .as("an argument that nobody reads is no way to ask for everything")
                .hasMessageContaining("catgory");
        assertThat(catchThrowableOfType(
                        GazeException.class,
                        () -> named(box, "preview_prompt").run(JsonObject.of("negative", "blurry"))))
                .hasMessageContaining("Nothing is asked for")
                .hasMessageContaining("list_assets");

        assertThat(catchThrowableOfType(
                        GazeException.class, () -> named(box, "die").run(JsonObject.empty())))
                .as("nobody waits for a program that is gone")
                .hasMessageContaining("'library' did not answer");
        assertThat(run(named(box, "list_assets"), JsonObject.empty()).toString())
                .contains("character");
    }

    @Test
    @Tag("G50")
    @Tag("G134")
    void a_model_calls_tools_elsewhere_and_one_that_never_answers_can_be_cancelled() throws Exception {
        ChatToolbox box = open(ours());
        List<ChatEvent> events = Collections.synchronizedList(new ArrayList<>());
        try (StubServer server = new StubServer();
                Llm llm = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time)) {
            server.thenCall("list_assets", "{'category':'character'}")
                    .thenSay("Mira")
                    .thenCall("sleep", "{}");

            assertThat(llm.complete(ChatRequest.of("Who is there?").withTools(box.tools()))
                            .text())
                    .isEqualTo("Mira");
            assertThat(server.asked(1).body()).contains("mira_vale");

            ChatCall endless = llm.stream(ChatRequest.of("Sleep.").withTools(box.tools()), events::add);
            await().until(() -> events.stream().anyMatch(ChatEvent.ToolStarted.class::isInstance));
            endless.cancel();
            assertThat(catchThrowableOfType(ChatException.class, () -> endless.await(LONG))
                            .error())
                    .isEqualTo(ChatError.CANCELLED);
        }
    }

    @Test
    @Tag("G134")
    void a_program_that_talks_beside_its_messages_is_understood_in_utf_8() throws Exception {
        List<String> command = new ArrayList<>(((ToolServer.Command) ours()).command());
        command.add("Listening …");
        Files.writeString(
                library.resolve("data/characters/teo.json"),
                "{\"character_id\": \"teo\", \"character_name\": \"Téo 灯台\"}");

        ChatToolbox box = open(new ToolServer.Command("library", command, Map.of()));

        assertThat(box.warnings()).isEmpty();
        assertThat(run(named(box, "list_assets"), JsonObject.of("category", "character", "query", "téo"))
                        .toString())
                .contains("Téo 灯台");
    }

    @Test
    void a_server_that_is_not_there_costs_its_own_tools_alone() throws Exception {
        ChatToolbox box = open(
                new ToolServer.Command("gone", List.of("/no/such/program"), Map.of("KEY", "s3cret-1")),
                ours(),
                new ToolServer.Http(
                        "far", URI.create("http://127.0.0.1:1/mcp?key=s3cret-2"), Secret.of("s3cret-3"), Map.of()));

        assertThat(box.tools()).extracting(ChatTool::id).contains("list_assets");
        assertThat(box.warnings())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning.fix()).isNotBlank())
                .extracting(Problem::toString)
                .noneMatch(text -> text.contains("s3cret"));
        assertThat(box.warnings().get(0).what()).contains("'gone'");
        assertThat(box.warnings().get(1).what()).contains("'far'");
    }

    @Test
    @Tag("G134")
    void a_program_gets_the_variables_meant_for_it_and_none_of_our_keys() throws Exception {
        List<String> others = System.getenv().keySet().stream()
                .filter(name -> !ServerProcess.HARMLESS.contains(name.toUpperCase(Locale.ROOT)))
                .toList();
        assumeThat(others).as("this JVM itself has harmless variables only").isNotEmpty();
        ToolServer.Command ours = (ToolServer.Command) ours();
        ChatToolbox box =
                open(new ToolServer.Command("library", ours.command(), Map.of("MEANT_FOR_IT", "a value of its own")));

        List<String> given = ((JsonArray) run(named(box, "variables"), JsonObject.empty())
                        .get("names")
                        .orElseThrow())
                .items().stream().map(name -> ((JsonText) name).value()).toList();

        assertThat(given).contains("MEANT_FOR_IT", "PATH").doesNotContainAnyElementsOf(others);
    }

    @Test
    void two_servers_with_tools_of_one_name_are_told_apart() throws Exception {
        ToolServer first = ours();
        ToolServer.Command command = (ToolServer.Command) first;
        List<String> other = new ArrayList<>(command.command());
        other.set(other.size() - 1, library.resolve("other").toString());

        ChatToolbox box = open(first, new ToolServer.Command("second one", other, Map.of()));

        assertThat(box.tools()).extracting(ChatTool::id).contains("list_assets", "second_one_list_assets");
        assertThat(run(named(box, "second_one_list_assets"), JsonObject.of("category", "character"))
                        .toString())
                .doesNotContain("mira_vale");
    }

    @Test
    void without_servers_nothing_is_started() {
        ChatToolbox box = open();

        assertThat(box.tools()).isEmpty();
        assertThat(box.warnings()).isEmpty();
    }

    @Test
    void without_the_sdk_a_library_opens_and_closes_and_says_what_is_missing() throws Exception {
        String withoutSdk = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.contains("modelcontextprotocol"))
                .collect(Collectors.joining(File.pathSeparator));
        Path said = library.resolve("said");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        withoutSdk,
                        WithoutSdk.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).content().contains("mcp-core", "closed").doesNotContain("NoClassDefFoundError");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    @Tag("G50")
    @Tag("G134")
    void the_reference_server_of_the_protocol_is_understood() throws Exception {
        assumeThat(onPath("npx")).as("the reference server needs node's npx").isTrue();
        ChatToolbox box = open(new ToolServer.Command(
                "everything", List.of("npx", "-y", "@modelcontextprotocol/server-everything@2026.8.31"), Map.of()));
        assumeThat(box.warnings()).as("npx cannot start the reference server").isEmpty();

        assertThat(((JsonText) named(box, "echo").run(JsonObject.of("message", "größer"))).value())
                .contains("größer");
        assertThat(box.tools()).allSatisfy(tool -> {
            assertThat(tool.parameters().text("type")).contains("object");
            assertThat(tool.description()).isNotBlank();
        });
        assertThat(catchThrowableOfType(
                        GazeException.class, () -> named(box, "echo").run(JsonObject.empty())))
                .hasMessageContaining("message");
        try (StubServer server = new StubServer();
                Llm llm = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time)) {
            server.thenCall("echo", "{'message':'heard far away'}").thenSay("It works.");

            assertThat(llm.complete(ChatRequest.of("Does it?").withTools(box.tools()))
                            .text())
                    .isEqualTo("It works.");
            assertThat(server.asked(1).body()).contains("Echo: heard far away");
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Arrays.asList(program, program + ".cmd").stream()
                        .anyMatch(name -> Files.isExecutable(Path.of(folder, name))));
    }
}
