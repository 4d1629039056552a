package dev.gaze.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatSettings.Kind;
import dev.gaze.api.chat.Secret;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.problem.GazeException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatSettingsFileTest {
    private static final String SECRET = "s3cret-value";

    @TempDir
    Path library;

    private final Map<String, String> environment = new HashMap<>(Map.of("LLM_KEY", SECRET));

    private Settings read(String json) throws Exception {
        Files.writeString(library.resolve("gaze.json"), json);
        return new SettingsFile(library).read(environment::get);
    }

    @Test
    @Tag("P64")
    @Tag("G112")
    @Tag("P1")
    void without_settings_it_is_ollama_on_this_machine() throws Exception {
        assertThat(read("{}").llm()).isEqualTo(ChatSettings.ollama(ChatSettings.OLLAMA, ChatSettings.OLLAMA_MODEL));
        assertThat(InetAddress.getByName(read("{}").llm().url().getHost()).isLoopbackAddress())
                .isTrue();
        assertThat(read("{}").toolServers()).isEmpty();
    }

    @Test
    @Tag("G49")
    @Tag("G112")
    void a_model_is_named_with_address_key_and_limits() throws Exception {
        ChatSettings llm = read("""
                        {"llm": {"url": "https://openrouter.ai/api/v1", "model": "some/model", "key": "env:LLM_KEY",
                                 "headers": {"X-Title": "GAZE", "X-Api-Key": "env:LLM_KEY"},
                                 "silenceSeconds": 30, "attempts": 1}}
                        """).llm();

        assertThat(llm.kind()).isEqualTo(Kind.OPENAI);
        assertThat(llm.url()).isEqualTo(URI.create("https://openrouter.ai/api/v1"));
        assertThat(llm.model()).isEqualTo("some/model");
        assertThat(llm.key()).isEqualTo(Secret.of(SECRET));
        assertThat(llm.headers()).containsEntry("X-Api-Key", SECRET);
        assertThat(llm.limits().silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(llm.limits().attempts()).isEqualTo(1);
        assertThat(llm.limits().total()).isEqualTo(ChatSettings.Limits.DEFAULT.total());
    }

    @ParameterizedTest
    @Tag("G112")
    @CsvSource({
        "http://localhost:11434/api/generate, OLLAMA",
        "localhost:11434, OLLAMA",
        "http://box/ollama/api/chat/, OLLAMA",
        "http://localhost:11434/v1, OPENAI",
        "http://localhost:1234/v1, OPENAI"
    })
    void the_kind_is_told_by_the_address(String url, Kind kind) throws Exception {
        assertThat(read("{\"llm\": \"" + url + "\"}").llm().kind()).isEqualTo(kind);
    }

    @Test
    @Tag("G112")
    void a_kind_can_be_named_and_the_environment_names_what_the_file_does_not() throws Exception {
        assertThat(read("{\"llm\": {\"kind\": \"ollama-generate\"}}").llm().kind())
                .isEqualTo(Kind.OLLAMA_GENERATE);

        environment.put("GAZE_LLM_URL", "localhost:1234/v1");
        environment.put("GAZE_LLM_MODEL", "m");
        environment.put("GAZE_LLM_KEY", SECRET);
        assertThat(read("{}").llm()).isEqualTo(ChatSettings.openAi("http://localhost:1234/v1", "m", Secret.of(SECRET)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"llm\": {\"url\": \"http://me:s3cret-value@host/v1\"}}",
                "{\"llm\": {\"url\": \"http://host/v1\", \"key\": \"s3cret-value\"}}",
                "{\"llm\": {\"key\": \"env:NOT_SET\"}}",
                "{\"llm\": \"http://ho st/s3cret-value\"}",
                "{\"llm\": 7}",
                "{\"llm\": {\"kind\": \"olama\"}}",
                "{\"llm\": {\"silenceSeconds\": 0}}",
                "{\"llm\": {\"headers\": {\"X-Api-Key\": \"s3cret-value\"}}}",
                "{\"mcp\": {\"tags\": {\"url\": \"http://host/a b?key=s3cret-value\"}}}",
                "{\"mcp\": {\"tags\": {}}}",
                "{\"mcp\": {\"tags\": [7]}}",
                "{\"mcp\": {\"tags\": []}}",
                "{\"mcp\": []}",
                "{\"mcp\": {\"tags\": {\"command\": [\"x\"], \"environment\": {\"API_KEY\": \"s3cret-value\"}}}}"
            })
    void what_is_wrong_is_told_with_a_fix_and_without_secrets(String json) {
        GazeException refused = catchThrowableOfType(GazeException.class, () -> read(json));

        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.problems().get(0).where()).contains("gaze.json");
        assertThat(refused).hasMessageNotContaining(SECRET);
    }

    @Test
    @Tag("G134")
    void tool_servers_are_commands_or_addresses() throws Exception {
        List<ToolServer> servers = read("""
                        {"mcp": {"tags": {"command": ["docker", "run", "-i", "danbooru-mcp"], "environment": {"TOKEN": "env:LLM_KEY"}},
                                 "echo": ["npx", "echo"],
                                 "far": {"url": "https://host/mcp", "key": "env:LLM_KEY"}}}
                        """).toolServers();

        assertThat(servers)
                .containsExactly(
                        new ToolServer.Command(
                                "tags", List.of("docker", "run", "-i", "danbooru-mcp"), Map.of("TOKEN", SECRET)),
                        new ToolServer.Command("echo", List.of("npx", "echo"), Map.of()),
                        new ToolServer.Http("far", URI.create("https://host/mcp"), Secret.of(SECRET), Map.of()));
        assertThat(servers.toString()).doesNotContain(SECRET).contains("TOKEN");
    }
}
