package dev.gaze.llm.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import dev.gaze.api.time.SystemTime;
import dev.gaze.llm.loop.ToolLoop;
import dev.gaze.llm.stub.StubServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TagToolsTest {

    /** A source as a stranger would write one: three tags, everything found. */
    private static final class ThreeTags implements TagCatalogue {
        final List<Object> asked = new ArrayList<>();

        @Override
        public List<TagHit> search(TagQuery query) {
            asked.add(query);
            categories().require(query.category());
            return List.of(
                    TagHit.of(new Tag("long_hair", 0, "general", 5, List.of())),
                    new TagHit(new Tag("1girl", 0, "general", 9, List.of()), "sole_female"));
        }

        @Override
        public List<TagHit> suggest(TagQuery query) {
            return search(query).subList(0, 1);
        }

        @Override
        public TagCheck validate(Collection<String> tags) {
            asked.add(tags);
            return new TagCheck(
                    List.of("long_hair"),
                    Map.of("sole_female", "1girl"),
                    List.of(new TagCheck.Unknown("lomg", List.of("long_hair"))),
                    List.of("bad"));
        }

        @Override
        public Optional<Tag> find(String written) {
            return Optional.empty();
        }

        @Override
        public boolean isBlocked(String written) {
            return false;
        }

        @Override
        public TagCategories categories() {
            return TagCategories.DANBOORU;
        }

        @Override
        public long size() {
            return 3;
        }

        @Override
        public List<Problem> warnings() {
            return List.of();
        }
    }

    private final ThreeTags catalogue = new ThreeTags();
    private final List<ChatTool> tools = TagTools.over(() -> catalogue);

    private JsonValue run(int tool, String arguments) throws Exception {
        return tools.get(tool).run(Json.object(arguments.replace('\'', '"')));
    }

    private static JsonObject json(String text) {
        return Json.object(text.replace('\'', '"'));
    }

    @Test
    @org.junit.jupiter.api.Tag("G132")
    void search_and_suggest_answer_tags_with_category_count_and_alias() throws Exception {
        assertThat(run(0, "{'query':'lo','limit':3,'category':'general'}"))
                .isEqualTo(
                        json(
                                "{'tags':[{'name':'long_hair','category':0,'category_name':'general','count':5},{'name':'1girl','category':0,'category_name':'general','count':9,'alias':'sole_female'}]}"));
        assertThat(run(1, "{'partial':'hair','category':0}"))
                .isEqualTo(json("{'tags':[{'name':'long_hair','category':0,'category_name':'general','count':5}]}"));
        assertThat(catalogue.asked)
                .containsExactly(new TagQuery("lo", 3, "general"), new TagQuery("hair", TagQuery.USUAL, "0"));
    }

    @Test
    @org.junit.jupiter.api.Tag("G132")
    void validate_answers_four_lists() throws Exception {
        assertThat(run(2, "{'tags':['Long Hair','sole female']}"))
                .isEqualTo(
                        json(
                                "{'valid':['long_hair'],'aliases':{'sole_female':'1girl'},'invalid':[{'tag':'lomg','suggestions':['long_hair']}],'blocked':['bad']}"));
        assertThat(catalogue.asked).containsExactly(List.of("Long Hair", "sole female"));
    }

    @Test
    @org.junit.jupiter.api.Tag("G132")
    void a_category_that_is_none_is_told_to_the_model() {
        assertThatThrownBy(() -> run(0, "{'query':'lo','category':'gneral'}"))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("did you mean 'general'");
    }

    @Test
    @org.junit.jupiter.api.Tag("G50")
    @org.junit.jupiter.api.Tag("G134")
    void a_model_looks_tags_up_before_it_answers() {
        try (StubServer server = new StubServer();
                SystemTime time = new SystemTime();
                Llm llm = new ToolLoop(ChatSettings.openAi(server.url("/v1"), "m", null), time)) {
            server.thenCall("search_tags", "{'query':'long'}")
                    .thenCall("validate_tags", "{'tags':'long_hair'}")
                    .thenSay("long_hair");

            assertThat(llm.complete(ChatRequest.of("Tags?").withTools(tools)).text())
                    .isEqualTo("long_hair");

            assertThat(server.asked(1).body()).contains("category_name");
            assertThat(server.asked(2).body())
                    .as("wrong arguments never reach the catalogue")
                    .contains("The arguments do not fit");
            assertThat(catalogue.asked).hasSize(1);
        }
    }
}
