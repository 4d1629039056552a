package dev.gaze.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.chat.ChatSettings.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatSettingsTest {

    @ParameterizedTest
    @Tag("P43")
    @Tag("P64")
    @CsvSource({
        "http://localhost:11434/api/generate, http://localhost:11434",
        "http://localhost:11434/api/chat, http://localhost:11434",
        "host:1/api, http://host:1",
        "host:1/, http://host:1",
        "host:1, http://host:1",
        "host, http://host",
        "https://host/ollama/api/generate, https://host/ollama",
        "host:1/models/api, http://host:1/models",
        "'  HTTP://host:1/api/generate/  ', http://host:1",
        "host:1/api/generate?version=2, http://host:1?version=2"
    })
    void an_address_of_ollama_is_taken_in_every_form(String typed, String base) {
        assertThat(ChatSettings.base(Kind.OLLAMA, typed)).isEqualTo(base);
    }

    @ParameterizedTest
    @Tag("G49")
    @CsvSource({
        "https://openrouter.ai/api/v1, https://openrouter.ai/api/v1",
        "https://openrouter.ai/api/v1/, https://openrouter.ai/api/v1",
        "localhost:1234/v1/chat/completions, http://localhost:1234/v1"
    })
    void an_openai_address_keeps_its_path(String typed, String base) {
        assertThat(ChatSettings.base(Kind.OPENAI, typed)).isEqualTo(base);
    }

    @Test
    @Tag("P43")
    void a_blank_address_stays_blank_and_is_no_server() {
        assertThat(ChatSettings.base(Kind.OLLAMA, "  ")).isEmpty();
        assertThatThrownBy(() -> ChatSettings.ollama(" ", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:s3cret@host/v1",
                "ftp://host/s3cret",
                "http://host/a b s3cret",
                "://s3cret",
                "http:s3cret"
            })
    void a_wrong_address_is_refused_without_being_repeated(String url) {
        assertThatThrownBy(() -> ChatSettings.openAi(url, "m", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address of a model server")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Tag("P14")
    void nothing_secret_is_printed() {
        ChatSettings settings = ChatSettings.openAi("https://host/v1?api_key=s3cret-a", "m", Secret.of("s3cret-b"))
                .withHeaders(Map.of("X-Api-Key", "s3cret-c"));

        assertThat(settings.toString()).contains("https://host/v1", "X-Api-Key", "with a key", "model m");
        assertThat(settings.toString() + settings.place() + settings.key()).doesNotContain("s3cret");
        assertThat(settings.url()).isEqualTo(URI.create("https://host/v1?api_key=s3cret-a"));
    }

    @Test
    void a_header_or_key_that_cannot_be_sent_is_refused_without_being_repeated() {
        ChatSettings settings = ChatSettings.openAi("host", null, null);

        assertThatThrownBy(() -> settings.withHeaders(Map.of("X-Key", "s3cret\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Key")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Secret.of("s3cr€t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr");
        assertThatThrownBy(() -> Secret.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("P36")
    @Tag("P45")
    @Tag("P64")
    void defaults_are_those_of_the_requirements() {
        ChatSettings.Limits limits = ChatSettings.ollama(ChatSettings.OLLAMA, ChatSettings.OLLAMA_MODEL)
                .limits();

        assertThat(limits.silence()).isEqualTo(Duration.ofSeconds(120));
        assertThat(ChatSettings.OLLAMA).isEqualTo("http://localhost:11434/api/generate");
        assertThat(ChatSettings.OLLAMA_MODEL).isEqualTo("qwen3:latest");
        assertThatThrownBy(() ->
                        new ChatSettings.Limits(Duration.ZERO, limits.silence(), limits.total(), 3, limits.pause(), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChatSettings.Limits(
                        limits.connect(), limits.silence(), limits.total(), 0, limits.pause(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
