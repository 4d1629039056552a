package dev.gaze.llm.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.chat.AnswerFormat;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatImage;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatModels;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatReply.Finish;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatSettings.Kind;
import dev.gaze.api.chat.ChatUsage;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.chat.Secret;
import dev.gaze.api.chat.ToolCall;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.SystemTime;
import dev.gaze.llm.stub.Asked;
import dev.gaze.llm.stub.StubServer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is sent to servers of each kind, and how their plain answers are read. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AskingTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private final SystemTime time = new SystemTime();
    private final StubServer server = new StubServer();

    @AfterEach
    void close() {
        server.close();
        time.close();
    }

    private ChatReply complete(ChatSettings settings, ChatRequest request) {
        try (Llm llm = new ToolLoop(settings, time)) {
            return llm.complete(request);
        }
    }

    private ChatSettings openAi() {
        return ChatSettings.openAi(server.url("/v1"), "m", null);
    }

    private ChatSettings ollama() {
        return ChatSettings.ollama(server.url("/api/generate"), "qwen3:latest");
    }

    private static JsonObject json(String text) {
        return Json.object(text.replace('\'', '"'));
    }

    // OpenAI ---------------------------------------------------------------------------------------------------------

    @Test
    @Tag("G49")
    void a_question_goes_to_chat_completions_with_key_and_model() {
        server.thenSay("hello");

        ChatReply reply = complete(
                ChatSettings.openAi(server.url("/api/v1"), "some/model", Secret.of("sk-or-1"))
                        .withHeaders(Map.of("X-Title", "GAZE")),
                ChatRequest.of("hi").withSystem("Be brief."));

        Asked asked = server.asked(0);
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /api/v1/chat/completions");
        assertThat(asked.headers())
                .containsEntry("authorization", "Bearer sk-or-1")
                .containsEntry("x-title", "GAZE");
        assertThat(asked.json())
                .isEqualTo(
                        json(
                                "{'model':'some/model','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'hi'}],'stream':false}"));
        assertThat(reply)
                .isEqualTo(new ChatReply(
                        "hello",
                        List.of(),
                        new ChatUsage(3, 2),
                        "stub-1",
                        Finish.COMPLETE,
                        List.of(new ChatMessage.Assistant("hello")),
                        List.of()));
    }

    @Test
    @Tag("G49")
    @Tag("P68")
    void pictures_options_and_earlier_calls_are_sent_in_the_form_the_server_knows() {
        server.thenSay("a lighthouse");
        ToolCall call = new ToolCall("c9", "search_tags", "{\"query\":\"sea\"}");

        complete(
                openAi(),
                ChatRequest.of(List.of(
                                new ChatMessage.Assistant("", List.of(call)),
                                new ChatMessage.ToolResult(call, "[]", false),
                                new ChatMessage.User("What is it?", List.of(ChatImage.of(PNG)))))
                        .withTemperature(0.2)
                        .withMaxTokens(50)
                        .withModel("m"));

        assertThat(server.asked(0).json())
                .isEqualTo(json(
                        "{'model':'m','messages':[{'role':'assistant','content':'','tool_calls':[{'id':'c9','type':'function','function':{'name':'search_tags','arguments':'{\\'query\\':\\'sea\\'}'}}]},{'role':'tool','tool_call_id':'c9','content':'[]'},{'role':'user','content':[{'type':'text','text':'What is it?'},{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                                + Base64.getEncoder().encodeToString(PNG)
                                + "'}}]}],'temperature':0.2,'max_tokens':50,'stream':false}"));
    }

    @Test
    void a_form_of_the_answer_is_asked_for() {
        server.thenSay("{}").thenSay("{}");
        JsonObject schema = JsonObject.of("type", "object");

        complete(openAi(), ChatRequest.of("hi").withSchema("asset", schema));
        complete(openAi(), ChatRequest.of("hi").withFormat(AnswerFormat.JSON));

        assertThat(server.asked(0).json().get("response_format"))
                .contains(json("{'type':'json_schema','json_schema':{'name':'asset','schema':{'type':'object'}}}"));
        assertThat(server.asked(1).json().get("response_format")).contains(json("{'type':'json_object'}"));
    }

    @Test
    void words_in_parts_and_thoughts_beside_them_are_read() {
        server.thenJson(
                200,
                "{'choices':[{'message':{'reasoning_content':'hm','content':[{'type':'text','text':'a '},{'type':'text','text':'b'}]},'finish_reason':'length'}],'usage':{'prompt_tokens':-1}}");

        ChatReply reply = complete(openAi(), ChatRequest.of("hi"));

        assertThat(reply.text()).isEqualTo("a b");
        assertThat(reply.finish()).isEqualTo(Finish.LENGTH);
        assertThat(reply.usage()).isEqualTo(ChatUsage.UNKNOWN);
        assertThat(reply.model()).isEqualTo("m");
    }

    @Test
    void thoughts_within_the_text_are_no_part_of_the_answer() {
        server.thenSay("<think>let me see</think>\\n\\nhello <think>");

        assertThat(complete(openAi(), ChatRequest.of("hi")).text()).isEqualTo("hello <think>");
    }

    @Test
    @Tag("P18")
    void models_of_an_openai_server_are_listed() {
        server.thenJson(200, "{'data':[{'id':'b'},{'id':'a'},{'no':'id'},7]}");

        try (Llm llm = new ToolLoop(openAi(), time)) {
            assertThat(llm.models()).isEqualTo(new ChatModels(List.of("b", "a"), "m"));
        }
        assertThat(server.asked(0).path()).isEqualTo("/v1/models");
    }

    @Test
    void a_server_without_a_list_of_models_is_told_by_its_address_and_no_model_is_missed() {
        server.thenJson(404, "{'detail':'Not Found'}");

        try (Llm llm = new ToolLoop(openAi(), time)) {
            ChatException refused = catchThrowableOfType(ChatException.class, llm::models);

            assertThat(refused.error()).isEqualTo(ChatError.REFUSED);
            assertThat(refused.problems().get(0).fix()).contains("/v1");
        }
    }

    // Ollama ---------------------------------------------------------------------------------------------------------

    @Test
    void ollama_is_asked_with_real_messages() {
        server.thenJson(
                200,
                "{'model':'qwen3:latest','message':{'role':'assistant','thinking':'hm','content':'hello'},'done':true,'done_reason':'stop','prompt_eval_count':7,'eval_count':3}");

        ChatReply reply = complete(
                ollama(),
                ChatRequest.of(List.of(new ChatMessage.User("hi", List.of(ChatImage.of(PNG)))))
                        .withSystem("Be brief.")
                        .withFormat(AnswerFormat.JSON)
                        .withTemperature(0.0)
                        .withMaxTokens(9));

        assertThat(server.asked(0).path()).isEqualTo("/api/chat");
        assertThat(server.asked(0).json())
                .isEqualTo(json(
                        "{'model':'qwen3:latest','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'hi','images':['"
                                + Base64.getEncoder().encodeToString(PNG)
                                + "']}],'format':'json','options':{'temperature':0,'num_predict':9},'stream':false}"));
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.usage()).isEqualTo(new ChatUsage(7, 3));
    }

    @Test
    @Tag("P43")
    @Tag("P44")
    void ollama_generate_is_asked_with_one_text() {
        server.thenJson(
                200,
                "{'model':'qwen3:latest','created_at':'2026-01-02T03:04:05Z','response':'on it goes','done':true}");

        ChatReply reply = complete(
                ollama().withKind(Kind.OLLAMA_GENERATE),
                ChatRequest.of(List.of(
                        new ChatMessage.System("Be brief."),
                        new ChatMessage.User("hi"),
                        new ChatMessage.Assistant("hello"),
                        new ChatMessage.User("go on"))));

        assertThat(server.asked(0).path()).isEqualTo("/api/generate");
        assertThat(server.asked(0).json())
                .isEqualTo(JsonObject.of(
                        "model",
                        "qwen3:latest",
                        "prompt",
                        "Be brief.\n\nUser: hi\nAssistant: hello\nUser: go on\nAssistant:",
                        "stream",
                        false));
        assertThat(reply.text()).isEqualTo("on it goes");
    }

    @Test
    @Tag("P43")
    void an_ollama_too_old_for_messages_is_asked_with_one_text() {
        server.then((asked, wire) -> wire.begin(404, "text/plain").text("404 page not found"))
                .thenJson(200, "{'response':'hello','done':true}");

        ChatReply reply = complete(ollama(), ChatRequest.of("hi"));

        assertThat(server.asked()).extracting(Asked::path).containsExactly("/api/chat", "/api/generate");
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("/api/chat"));
    }

    @Test
    @Tag("G51")
    void an_ollama_too_old_for_messages_goes_without_tools_and_says_so() {
        server.then((asked, wire) -> wire.begin(404, "text/plain").text("404 page not found"))
                .thenJson(200, "{'response':'hello','done':true}");

        ChatReply reply = complete(ollama(), ChatRequest.of("hi").withTools(Tools.echo()));

        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.warnings())
                .extracting(Problem::what)
                .satisfiesExactly(
                        first -> assertThat(first).contains("/api/chat"),
                        second -> assertThat(second).contains("takes no tools"));
    }

    @Test
    @Tag("P18")
    void models_of_ollama_are_listed() {
        server.thenJson(200, "{'models':[{'name':'qwen3:latest','size':1},{'name':'llava:7b'}]}");

        try (Llm llm = new ToolLoop(ollama(), time)) {
            assertThat(llm.models()).isEqualTo(new ChatModels(List.of("qwen3:latest", "llava:7b"), "qwen3:latest"));
        }
        assertThat(server.asked(0).path()).isEqualTo("/api/tags");
    }

    @Test
    @Tag("G50")
    void ollama_calls_tools_with_arguments_as_json() {
        server.thenJson(
                        200,
                        "{'message':{'content':'','tool_calls':[{'function':{'name':'echo','arguments':{'text':'a'}}},{'function':{'name':'echo','arguments':{'text':'b'}}}]},'done':true}")
                .thenJson(200, "{'message':{'content':'ok'},'done':true}");

        ChatReply reply = complete(ollama(), ChatRequest.of("hi").withTools(Tools.echo()));

        assertThat(reply.text()).isEqualTo("ok");
        JsonObject second = server.asked(1).json();
        assertThat(second.get("messages"))
                .contains(JsonValue.of(List.of(
                        json("{'role':'user','content':'hi'}"),
                        json(
                                "{'role':'assistant','content':'','tool_calls':[{'function':{'name':'echo','arguments':{'text':'a'}}},{'function':{'name':'echo','arguments':{'text':'b'}}}]}"),
                        json("{'role':'tool','tool_name':'echo','content':'a'}"),
                        json("{'role':'tool','tool_name':'echo','content':'b'}"))));
    }
}
