package dev.gaze.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatValuesTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    @Test
    @Tag("G50")
    void a_model_has_ten_turns_unless_told_otherwise() {
        assertThat(ChatRequest.of("hi").toolLimits().turns()).isEqualTo(10);
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withTurns(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ToolLimits.DEFAULT.withPerCall(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_changed_request_leaves_the_first_one_as_it_was() {
        ChatRequest first = ChatRequest.of("hi");
        ChatRequest changed = first.withModel(" m ")
                .withSystem("a")
                .withSystem("be brief")
                .withTemperature(0.5)
                .withMaxTokens(10)
                .withSilence(Duration.ofSeconds(3))
                .withFormat(AnswerFormat.JSON)
                .withToolLimits(ToolLimits.DEFAULT.withTurns(2))
                .and(List.of(new ChatMessage.Assistant("hello")))
                .andUser("go on");

        assertThat(first).isEqualTo(ChatRequest.of("hi"));
        assertThat(changed.model()).isEqualTo("m");
        assertThat(changed.messages())
                .containsExactly(
                        new ChatMessage.System("be brief"),
                        new ChatMessage.User("hi"),
                        new ChatMessage.Assistant("hello"),
                        new ChatMessage.User("go on"));
        assertThat(changed.toolLimits().turns()).isEqualTo(2);
    }

    @Test
    @Tag("P33")
    void a_request_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> ChatRequest.of(List.of())).hasMessageContaining("needs a message");
        assertThatThrownBy(() -> ChatRequest.of("hi").withTemperature(Double.NaN))
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> ChatRequest.of("hi").withMaxTokens(0)).hasMessageContaining("tokens");
        assertThatThrownBy(() -> ChatRequest.of("hi").withTools(tool("a"), tool("a")))
                .hasMessage("Two tools are named 'a'");
        assertThatThrownBy(() -> ChatRequest.of("hi").withSchema("a b", JsonObject.empty()))
                .hasMessageContaining("'a b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "größe", "x y"})
    void a_tool_whose_name_models_cannot_say_is_refused(String name) {
        assertThatThrownBy(() -> ChatRequest.of("hi").withTools(tool(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void a_picture_is_told_by_its_first_bytes_and_cannot_be_changed_from_outside() {
        byte[] bytes = PNG.clone();
        ChatImage image = ChatImage.of(bytes);
        bytes[1] = 0;
        image.bytes()[1] = 0;

        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.bytes()).isEqualTo(PNG);
        assertThat(image).isEqualTo(ChatImage.of(PNG)).hasToString("image/png, 8 bytes");
        assertThat(ChatImage.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})
                        .mediaType())
                .isEqualTo("image/jpeg");
        assertThatThrownBy(() -> ChatImage.of(new byte[] {1, 2, 3})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("P58")
    void every_error_has_a_status_and_a_name_of_the_list() {
        Set<Integer> statuses =
                Arrays.stream(ChatError.values()).map(ChatError::status).collect(Collectors.toSet());

        assertThat(statuses).containsExactlyInAnyOrder(400, 404, 500, 502, 503, 504);
        assertThat(ChatError.CANNOT_CONNECT.type()).isEqualTo("connection_error");
        assertThat(ChatError.TIMEOUT.type()).isEqualTo("timeout_error");
        assertThat(ChatError.MODEL_NOT_FOUND.type()).isEqualTo("model_not_found");
        assertThat(List.of(ChatError.REFUSED, ChatError.BAD_ANSWER, ChatError.RATE_LIMITED))
                .allMatch(error -> error.type().equals("api_error") && error.status() == 502);
    }

    @Test
    @Tag("P59")
    void an_error_is_told_over_http_with_what_to_do() {
        ChatException failure = new ChatException(
                ChatError.CANNOT_CONNECT, Problem.of("Nobody listens").fix("start Ollama"));

        assertThat(failure.toJson())
                .isEqualTo(JsonObject.of(
                        "error", "Nobody listens",
                        "message", "Nobody listens. To mend it: start Ollama",
                        "status", 503,
                        "type", "connection_error"));
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    @Tag("P18")
    @Tag("P75")
    void a_model_is_offered_when_the_server_has_it_or_somebody_preferred_it() {
        ChatModels models = new ChatModels(List.of("a", "b"), "c");

        assertThat(models.offers("a")).isTrue();
        assertThat(models.offers("c")).isTrue();
        assertThat(models.offers("d")).isFalse();
    }

    private static ChatTool tool(String name) {
        return new ChatTool() {
            @Override
            public String id() {
                return name;
            }

            @Override
            public String description() {
                return "Does nothing.";
            }

            @Override
            public JsonObject parameters() {
                return JsonObject.of("type", "object");
            }

            @Override
            public JsonValue run(JsonObject arguments) {
                return new JsonText("done");
            }
        };
    }
}
