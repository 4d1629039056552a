package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.chat.AnswerFormat;
import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.chat.Secret;
import dev.gaze.api.problem.GazeException;
import dev.gaze.llm.stub.StubServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers are told when it goes wrong, what is tried again, and with less. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailureTest extends FailureTesting {
    // Kinds ----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @Tag("P35")
    @Tag("P46")
    @Tag("P58")
    @CsvSource({
        "400, {'error':{'message':'no such parameter'}}, REFUSED, api_error, 502",
        "401, {'error':{'message':'bad key'}}, REFUSED, api_error, 502",
        "402, {'error':{'message':'no credit'}}, REFUSED, api_error, 502",
        "403, <html>forbidden</html>, REFUSED, api_error, 502",
        "404, {'error':'model m not found'}, MODEL_NOT_FOUND, model_not_found, 404",
        "404, {'error':{'message':'not found'}}, MODEL_NOT_FOUND, model_not_found, 404",
        "404, 404 page not found, REFUSED, api_error, 502",
        "400, {'error':{'message':'m is not a valid model ID'}}, MODEL_NOT_FOUND, model_not_found, 404",
        "413, too large, REFUSED, api_error, 502",
        "429, {'error':{'message':'exceeded your current quota'}}, REFUSED, api_error, 502",
        "200, {'error':'something broke'}, REFUSED, api_error, 502",
        "200, {'error':{'message':'model m does not exist'}}, MODEL_NOT_FOUND, model_not_found, 404"
    })
    void what_a_server_says_is_one_of_the_kinds(int status, String body, ChatError error, String type, int told) {
        server.thenJson(status, body);

        ChatException failure = failure(settings());

        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure.error().type()).isEqualTo(type);
        assertThat(failure.error().status()).isEqualTo(told);
        assertThat(failure.problems().get(0).where()).isEqualTo(server.url("/v1"));
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @Tag("P46")
    @CsvSource({
        "401, INVALID",
        "403, INVALID",
        "404, INVALID",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "505, UNAVAILABLE"
    })
    void a_setting_that_is_wrong_is_told_from_a_server_that_is(int status, GazeException.Kind kind) {
        server.always((asked, wire) -> wire.json(status, "{\"error\": {\"message\": \"no\"}}"));

        ChatException failure = failure(settings().withLimits(patient(Duration.ZERO)));

        assertThat(failure.error()).isEqualTo(ChatError.REFUSED);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    @Tag("P46")
    void a_missing_key_is_told_with_where_it_is_given() {
        server.thenJson(401, "{'error':{'message':'who are you?'}}");

        assertThat(failure(settings()))
                .hasMessageContaining("\"llm\": {\"key\": …} in gaze.json")
                .hasMessageContaining("GAZE_LLM_KEY");
    }

    @Test
    @Tag("P46")
    @Tag("P58")
    void a_server_that_is_not_there_is_told_with_what_to_do() {
        ChatSettings nobody = ChatSettings.ollama(server.url("/api"), "m").withLimits(patient(Duration.ZERO));
        server.close();

        ChatException failure = failure(nobody);

        assertThat(failure.error()).isEqualTo(ChatError.CANNOT_CONNECT);
        assertThat(failure).hasMessageContaining("Nobody listens").hasMessageContaining("ollama serve");
        assertThat(failure.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE);
    }

    @Test
    @Tag("P33")
    void a_request_without_any_model_is_refused_before_it_is_sent() {
        ChatException failure = failure(settings().withModel(null));

        assertThat(failure.error()).isEqualTo(ChatError.BAD_REQUEST);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    @Tag("P75")
    void a_model_the_server_does_not_list_is_not_asked_for() {
        server.thenJson(200, "{'data':[{'id':'qwen3:8b'},{'id':'llava:latest'}]}")
                .thenSay("ok");
        Llm llm = open(settings(), machine);

        ChatException failure = catchThrowableOfType(
                ChatException.class, () -> llm.complete(ChatRequest.of("hi").withModel("qwen3:8")));
        ChatReply reply = llm.complete(ChatRequest.of("hi").withModel("llava"));

        assertThat(failure.error()).isEqualTo(ChatError.MODEL_NOT_FOUND);
        assertThat(failure).hasMessageContaining("did you mean 'qwen3:8b'");
        assertThat(reply.text()).isEqualTo("ok");
        assertThat(server.asked())
                .extracting(asked -> asked.path())
                .containsExactly("/v1/models", "/v1/chat/completions");
    }

    @Test
    @Tag("P75")
    void a_server_that_lists_no_models_decides_itself() {
        server.thenJson(404, "{}").thenSay("ok");

        assertThat(open(settings(), machine)
                        .complete(ChatRequest.of("hi").withModel("other"))
                        .text())
                .isEqualTo("ok");
    }

    // Secrets --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @Tag("P14")
    @CsvSource({
        "401, {'error':{'message':'bad key s3cret-value-42 in Bearer s3cret-value-42'}}",
        "403, s3cret-value-42",
        "500, {'detail':[{'msg':'s3cret-value-42'}]}",
        "404, {'error':'model s3cret-value-42 not found'}",
        "200, {'error':{'message':'s3cret-value-42','metadata':{'raw':'s3cret-value-42'}}}",
        "200, s3cret-value-42",
        "200, {'choices':[{'message':{'content':'s3cret-value-42",
        "307, s3cret-value-42",
        "429, {'message':'s3cret-value-42'}",
        "401, {'error':'Incorrect API key provided: sk-abc123456789'}"
    })
    void no_way_of_failing_tells_a_secret(int status, String body) {
        ChatSettings settings = ChatSettings.openAi(server.url("/v1?key=" + SECRET), "m", Secret.of(SECRET))
                .withHeaders(Map.of("X-Api-Key", SECRET))
                .withLimits(patient(Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            server.thenJson(status, body, "Location: http://elsewhere/?key=" + SECRET, "X-Echo: " + SECRET);
        }

        ChatException failure = failure(settings);

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString() + failure.toJson() + settings + failure.problems())
                .doesNotContain(SECRET)
                .doesNotContain("sk-abc123456789");
        assertThat(server.asked(0).headers()).containsEntry("authorization", "Bearer " + SECRET);
        assertThat(server.asked(0).path()).isEqualTo("/v1/chat/completions?key=" + SECRET);
    }

    @Test
    @Tag("P14")
    void broken_connections_tell_no_secret_either() {
        ChatSettings settings = ChatSettings.openAi(server.url("/v1?key=" + SECRET), "m", Secret.of(SECRET))
                .withLimits(patient(Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            server.then((asked, wire) -> wire.breakOff());
        }

        ChatException broken = failure(settings);
        server.close();
        ChatException gone = failure(settings);

        StringWriter trace = new StringWriter();
        broken.printStackTrace(new PrintWriter(trace, true));
        gone.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).contains("connection").doesNotContain(SECRET);
        assertThat(broken.error()).isEqualTo(ChatError.CANNOT_CONNECT);
    }

    @Test
    void nobody_follows_to_another_address_with_the_key() {
        try (StubServer elsewhere = new StubServer()) {
            server.thenJson(307, "", "Location: " + elsewhere.url("/v1/chat/completions?key=" + SECRET));

            ChatException failure = failure(settings().withKey(Secret.of(SECRET)));

            assertThat(failure.error()).isEqualTo(ChatError.REFUSED);
            assertThat(failure)
                    .hasMessageContaining(elsewhere.url("/v1/chat/completions"))
                    .hasMessageNotContaining(SECRET);
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    // Again ----------------------------------------------------------------------------------------------------------

    @Test
    @Tag("P47")
    void what_may_pass_is_asked_again_after_growing_pauses() {
        server.thenJson(503, "{'error':'loading model'}").thenJson(429, "{}").thenSay("at last");
        Llm llm = open(settings().withLimits(patient(Duration.ofSeconds(1))), time);

        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> events.contains(new ChatEvent.Retrying(2, Duration.ofSeconds(1), ChatError.RATE_LIMITED)));
        advanceUntil(() -> server.asked().size() == 2);
        await().until(() -> events.contains(new ChatEvent.Retrying(3, Duration.ofSeconds(2), ChatError.RATE_LIMITED)));
        advanceUntil(() -> server.asked().size() == 3);

        assertThat(call.await(LONG).text()).isEqualTo("at last");
    }

    /** Steps of half a second, since the pause may not have begun yet. */
    private void advanceUntil(java.util.concurrent.Callable<Boolean> seen) {
        await().until(() -> {
            time.advance(Duration.ofMillis(500));
            return seen.call();
        });
    }

    @Test
    @Tag("P47")
    void a_server_that_says_how_long_to_wait_is_given_that_long() {
        server.thenJson(429, "{}", "Retry-After: 7").thenSay("at last");
        Llm llm = open(settings(), time);

        ChatCall call = llm.stream(ChatRequest.of("hi"), events::add);
        await().until(() -> events.contains(new ChatEvent.Retrying(2, Duration.ofSeconds(7), ChatError.RATE_LIMITED)));
        advanceUntil(() -> server.asked().size() == 2);

        assertThat(call.await(LONG).text()).isEqualTo("at last");
    }

    @Test
    @Tag("P47")
    void a_server_that_asks_for_more_patience_than_there_is_is_not_asked_again() {
        server.thenJson(429, "{}", "Retry-After: 86400");

        assertThat(failure(settings()).error()).isEqualTo(ChatError.RATE_LIMITED);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    @Tag("P47")
    void after_the_last_attempt_it_fails_and_a_refusal_is_never_asked_again() {
        server.thenJson(500, "{}").thenJson(502, "").thenJson(503, "{}").thenJson(403, "{}");

        assertThat(failure(settings()).error()).isEqualTo(ChatError.RATE_LIMITED);
        assertThat(server.asked()).hasSize(3);
        assertThat(failure(settings()).error()).isEqualTo(ChatError.REFUSED);
        assertThat(server.asked()).hasSize(4);
    }

    // Less -----------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G51")
    void a_server_that_refuses_tools_is_asked_without_them() {
        server.thenJson(400, "{'error':{'message':'m does not support tools'}}").thenSay("without");
        Llm llm = open(settings(), machine);

        ChatReply reply = llm.complete(ChatRequest.of("hi").withTools(Tools.echo()));

        assertThat(server.asked(0).json().get("tools")).isPresent();
        assertThat(server.asked(1).json()).isEqualTo(server.asked(0).json().without("tools"));
        assertThat(reply.text()).isEqualTo("without");
        assertThat(reply.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("takes no tools"));
    }

    @Test
    @Tag("G51")
    void while_streaming_too() {
        server.thenJson(400, "{'error':'bad request'}");
        server.then((asked, wire) -> wire.events().piece("without").done());

        ChatReply reply = open(settings(), machine).stream(ChatRequest.of("hi").withTools(Tools.echo()), events::add)
                .await(LONG);

        assertThat(reply.text()).isEqualTo("without");
        assertThat(events)
                .startsWith(
                        new ChatEvent.Turn(1, 10), new ChatEvent.Simplified("tools"), new ChatEvent.Token("without"));
    }

    @Test
    @Tag("G51")
    void a_refusal_under_status_200_counts_as_well() {
        server.thenJson(200, "{'error':{'code':400,'message':'tools are not supported'}}")
                .thenSay("without");

        assertThat(open(settings(), machine)
                        .complete(ChatRequest.of("hi").withTools(Tools.echo()))
                        .text())
                .isEqualTo("without");
    }

    @Test
    void a_server_that_refuses_even_without_tools_is_told_apart() {
        server.thenJson(400, "{'error':'tools not supported'}").thenJson(400, "{'error':'role tool is unknown'}");

        ChatException failure = failure(settings(), ChatRequest.of("hi").withTools(Tools.echo()));

        assertThat(failure.error()).isEqualTo(ChatError.TOOLS_NOT_SUPPORTED);
    }

    @Test
    void a_form_the_server_does_not_know_is_asked_for_in_words() {
        server.thenJson(400, "{'error':'response_format json_schema is unknown'}")
                .thenJson(400, "{'error':'response_format.type must be text'}")
                .thenSay("{}");

        ChatReply reply = open(settings(), machine)
                .complete(ChatRequest.of("hi")
                        .withSystem("Be brief.")
                        .withSchema("asset", Tools.TEXT)
                        .withTools(Tools.echo()));

        assertThat(server.asked(1).json().text("response_format", "type")).contains("json_object");
        assertThat(server.asked(2).json().get("response_format")).isEmpty();
        assertThat(server.asked(2).json().get("tools"))
                .as("tools were not to blame")
                .isPresent();
        assertThat(server.asked(2).body()).contains("Be brief.").contains("must fit this JSON Schema");
        assertThat(reply.warnings()).hasSize(2);
    }

    @Test
    void a_form_and_tools_refused_without_a_reason_go_one_after_the_other() {
        server.thenJson(422, "{}").thenJson(422, "{}").thenSay("{}");

        ChatReply reply = open(settings(), machine)
                .complete(ChatRequest.of("hi").withFormat(AnswerFormat.JSON).withTools(Tools.echo()));

        assertThat(reply.warnings()).hasSize(2);
        assertThat(server.asked()).hasSize(3);
    }
}
