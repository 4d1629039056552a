package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.asset.Asset;
import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.author.Author;
import dev.gaze.api.author.WritingEvent;
import dev.gaze.api.author.Written;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One asset from a description. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WritingTest extends AuthorTesting {

    @Test
    @Tag("G88")
    void an_asset_is_written_from_a_description_and_saved_when_asked() {
        say("Gladly!\n```json\n" + pose("Reading, again", "sitting, (crossed_legs:1.2)", "holding book") + "\n```");

        Written written = gaze.author("pose").write("  somebody reads  ");

        assertThat(written).isInstanceOfSatisfying(Written.Valid.class, valid -> {
            assertThat(valid.id()).isEqualTo("reading_again");
            assertThat(valid.rounds()).isOne();
            assertThat(valid.notes()).isEmpty();
            assertThat(valid.data()).isEqualTo(AssetData.parse("""
                            {"pose_id": "reading_again", "pose_name": "A Pose",
                             "pose": {"full_body": "sitting, (crossed_legs:1.2)", "hands": "holding book"},
                             "lora": {"lora_name": "", "lora_weight": 1, "lora_triggers": ""}}
                            """));
            assertThat(gaze.assets("pose").count()).as("nothing is saved").isZero();

            Asset saved = valid.save();
            assertThat(saved.key()).hasToString("pose/reading_again");
            assertThat(library.resolve("data/poses/reading_again.json")).exists();
            assertThat(gaze.assets("pose").get("reading_again").data()).isEqualTo(valid.data());
        });
        assertThat(told(0)).hasSize(2).last().isEqualTo("user: Description: somebody reads");
    }

    @Test
    @Tag("G133")
    @Tag("G134")
    void the_model_is_told_the_form_and_to_use_the_tag_tools_which_it_is_offered() {
        say(pose("a", "sitting", ""));

        gaze.author("pose").write("x");

        assertThat(told(0).get(0))
                .startsWith("system: ")
                .contains("'pose'", "\"full_body\"", "search_tags", "suggest_tags", "validate_tags", "\"required\"")
                .doesNotContain("lora");
        JsonArray tools = (JsonArray) server.asked(0).json().get("tools").orElseThrow();
        assertThat(tools.items())
                .extracting(tool -> ((JsonObject) tool).text("function", "name").orElseThrow())
                .contains("search_tags", "suggest_tags", "validate_tags");
    }

    @Test
    @Tag("G132")
    void the_model_looks_tags_up_before_it_answers() {
        server.thenCall("validate_tags", "{'tags': ['legs crossed']}");
        say(pose("a", "crossed legs", ""));

        assertThat(gaze.author("pose").write("x")).isInstanceOf(Written.Valid.class);

        assertThat(told(1)).last().asString().startsWith("tool: ").contains("legs_crossed", "crossed_legs");
    }

    @Test
    @Tag("G88")
    void what_is_wrong_is_shown_to_the_model_until_it_is_right() {
        say("I cannot decide.");
        say(pose("a", "siting, floating upside down", "")
                .replace("\"hands\": \"\"", "\"feet\": 3")
                .replace("pose_name", "name"));
        say(pose("a", "sitting", "holding book"));

        Written written = gaze.author("pose").write("x");

        assertThat(written).isInstanceOf(Written.Valid.class);
        assertThat(written.rounds()).isEqualTo(3);
        assertThat(told(1)).hasSize(4).last().asString().contains("no JSON object");
        assertThat(told(2))
                .hasSize(6)
                .last()
                .asString()
                .contains("the whole object: required property 'pose_name' not found")
                .contains("pose: property 'feet' is not defined")
                .contains("pose.full_body: 'siting' is no tag; did you mean 'sitting'")
                .contains("'floating upside down' is no tag; leave it out")
                .endsWith("Answer with the whole JSON object again, mended, and nothing else.");
    }

    @Test
    @Tag("G88")
    void what_is_wrong_to_the_end_is_left_to_a_human() {
        for (int round = 1; round <= Author.ROUNDS; round++) {
            say("{\"pose_id\": " + round + "}");
        }

        Written written = gaze.author("pose").write("x");

        assertThat(written).isInstanceOfSatisfying(Written.NeedsHuman.class, open -> {
            assertThat(open.text()).isEqualTo("{\"pose_id\": 4}");
            assertThat(open.rounds()).isEqualTo(Author.ROUNDS);
            assertThat(open.problems()).extracting(Problem::where).contains("pose_id", "the whole object");
            assertThat(open.draft()).isNull();
        });
        assertThat(server.asked()).hasSize(Author.ROUNDS);
        assertThat(gaze.assets("pose").count()).isZero();
    }

    @Test
    @Tag("G88")
    void a_third_repair_may_be_the_right_one() {
        for (int round = 1; round <= 3; round++) {
            say("{\"pose_id\": " + round + "}");
        }
        say(pose("a", "sitting", ""));

        assertThat(gaze.author("pose").write("x")).isInstanceOf(Written.Valid.class);
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    @Tag("G88")
    void a_model_that_writes_no_json_is_asked_three_times_in_all() {
        say("no");
        say("{\"pose_id\": 1}");
        say("no");
        say("{\"pose_id\": ");

        Written written = gaze.author("pose").write("x");

        assertThat(written.rounds()).isEqualTo(4);
        for (int round = 1; round <= 3; round++) {
            say("no");
        }
        assertThat(gaze.author("pose").write("x")).isInstanceOf(Written.NeedsHuman.class);
        assertThat(server.asked()).hasSize(7);
    }

    @Test
    void a_listener_that_throws_is_told_the_rest_all_the_same() {
        say("no");
        say(pose("a", "sitting", ""));
        List<WritingEvent> told = Collections.synchronizedList(new ArrayList<>());

        Written written = gaze.author("pose").write("x", event -> {
            told.add(event);
            throw new AssertionError("theirs");
        });

        assertThat(written).isInstanceOf(Written.Valid.class);
        assertThat(told).filteredOn(WritingEvent.Round.class::isInstance).hasSize(2);
    }

    @Test
    void a_tag_that_nobody_knows_may_be_kept_by_a_human() {
        for (int round = 1; round <= Author.ROUNDS; round++) {
            say(pose("a", "floating upside down", ""));
        }

        Written.NeedsHuman open = (Written.NeedsHuman) gaze.author("pose").write("x");

        assertThat(open.problems()).hasSize(1);
        Written.Valid draft = open.draft();
        assertThat(draft).isNotNull();
        assertThat(draft.save().data().json().text("pose", "full_body")).contains("floating upside down");
    }

    @Test
    void the_name_of_a_tag_stands_for_its_alias() {
        say(pose("a", "long hair, (legs crossed:1.1), saber", "").replace("saber", "miku (cat)"));

        Written.Valid valid = (Written.Valid) gaze.author("pose").write("x");

        assertThat(valid.data().json().text("pose", "full_body")).contains("long hair, (crossed_legs:1.1), miku (cat)");
        assertThat(valid.notes()).singleElement().satisfies(note -> {
            assertThat(note.what()).contains("'legs crossed'", "'crossed_legs'");
            assertThat(note.where()).isEqualTo("pose.full_body");
        });
    }

    @Test
    void a_taken_id_gets_a_number() {
        gaze.assets("pose").createBlank("a");
        gaze.assets("pose").createBlank("a_02");
        say(pose("A", "sitting", ""));

        Written.Valid valid = (Written.Valid) gaze.author("pose").write("x");

        assertThat(valid.id()).isEqualTo("a_03");
        assertThat(valid.notes()).singleElement().asString().contains("'a' is taken");
        assertThat(valid.save().key().slug()).isEqualTo("a_03");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "Mira Vale, mira_vale",
        "saber \\(fate\\), saber_(fate)",
        "yuna_(ff10), yuna_(ff10)",
        "../../etc/passwd, .._.._etc_passwd",
        "'a\0b:c*d', a_b_c_d"
    })
    void an_id_may_be_a_tag_and_is_never_a_path(String written, String id) {
        say(pose(written, "sitting", ""));

        Written.Valid valid = (Written.Valid) gaze.author("pose").write("x");

        assertThat(valid.id()).isEqualTo(id);
        valid.save();
        assertThat(folder.resolve("library/data/poses").toFile().listFiles((dir, name) -> name.endsWith(".json")))
                .hasSize(1);
    }

    @Test
    void every_step_is_told_to_whoever_listens() {
        server.thenCall("validate_tags", "{'tags': ['siting']}");
        say("no");
        say(pose("a", "sitting", ""));
        List<String> told = Collections.synchronizedList(new ArrayList<>());

        Written written = gaze.author("pose").write("x", event -> {
            if (event instanceof WritingEvent.Round round) {
                told.add("round " + round.number() + " " + round.wrong().size());
            } else if (((WritingEvent.Told) event).event() instanceof ChatEvent.ToolEnded ended) {
                told.add(ended.call().tool());
            } else if (((WritingEvent.Told) event).event() instanceof ChatEvent.Done done) {
                told.add(done.reply().text().substring(0, 2));
            }
        });

        assertThat(written).isInstanceOf(Written.Valid.class);
        assertThat(told).containsExactly("round 1 0", "validate_tags", "no", "round 2 1", "{\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!!", "\u6f22\u5b57"})
    void an_id_that_is_none_follows_from_the_name(String id) {
        say(pose(id, "sitting", "").replace("A Pose", "Zo\u00eb  on a Chair!"));

        assertThat(((Written.Valid) gaze.author("pose").write("x")).id()).isEqualTo("zoe_on_a_chair");
    }

    @Test
    void hostile_answers_are_answers_that_do_not_fit() {
        say("{".repeat(1_100_000));
        say(pose("../../etc/passwd", "sitting, ".repeat(200) + "x,".repeat(2), "")
                .replace("sitting", "\u0000"));
        String endless = JsonObject.of(
                        "pose_id", "a", "pose_name", "b", "pose", JsonObject.of("full_body", many(), "hands", ""))
                .toString();
        say(endless);
        say(endless);

        Written.NeedsHuman open = (Written.NeedsHuman) gaze.author("pose").write("x");

        assertThat(open.problems()).singleElement().asString().contains("There are 5000 tags");
        assertThat(told(1)).last().asString().contains("The answer has 1100000 characters");
        assertThat(told(1).get(2)).as("is not sent in full again").hasSizeLessThan(21_000);
        assertThat(gaze.assets("pose").count()).isZero();
    }

    private static String many() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append("t").append(i).append(", ");
        }
        return text.toString();
    }

    @Test
    void a_model_that_is_away_is_told_as_such_and_a_blank_wish_is_none() {
        server.close();

        assertThatThrownBy(() -> gaze.author("pose").write("x"))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.error()).isEqualTo(ChatError.CANNOT_CONNECT));
        assertThatThrownBy(() -> gaze.author("pose").write("  ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gaze.author("poses")).isInstanceOfSatisfying(GazeException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure).hasMessageContaining("did you mean 'pose'");
        });
    }

    @Test
    @Tag("G88")
    void create_saves_or_says_what_was_wrong() {
        say(pose("a", "sitting", ""));
        assertThat(gaze.author("pose").create("x").key()).hasToString("pose/a");

        for (int round = 1; round <= Rounds.UNREAD; round++) {
            say("no");
        }
        assertThatThrownBy(() -> gaze.author("pose").create("y"))
                .isInstanceOfSatisfying(GazeException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
                    assertThat(failure).hasMessageContaining("no JSON object");
                });
    }

    @Test
    void a_category_may_bring_a_guide_of_its_own_and_a_broken_one_is_told() {
        gaze.close();
        JsonObject schema = Json.object("""
                {"type": "object", "required": ["mood"], "properties": {
                   "mood": {"type": "string"}, "avoid": {"type": "string", "format": "negative-tags"}}}
                """);
        gaze = open(POSE.guide(() -> new Guide("Write a haiku as JSON.", schema)));
        say(
                "{\"mood\": \"whatever you like\", \"avoid\": \"legs crossed\", \"pose_name\": \"Mood\", \"lora\": {\"lora_name\": \"made/up.safetensors\"}}");

        Written.Valid valid = (Written.Valid) gaze.author("pose").write("x");

        assertThat(told(0).get(0)).startsWith("system: Write a haiku as JSON.").contains("negative-tags");
        assertThat(valid.id()).isEqualTo("mood");
        assertThat(valid.data().json().text("mood")).contains("whatever you like");
        assertThat(valid.data().json().text("avoid")).contains("crossed_legs");
        assertThat(valid.data().json().text("lora", "lora_name"))
                .as("files are not made up")
                .contains("");

        gaze.close();
        gaze = open(POSE.guide(() -> new Guide("x", Json.object("{\"type\": \"object\", \"pattern\": \"[\"}"))));
        assertThatThrownBy(() -> gaze.author("pose").write("x"))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("guide of category 'pose'");
        assertThat(server.asked()).as("the model is not asked in vain").hasSize(1);
    }

    @Test
    @Tag("G88")
    void a_blank_asset_has_every_field() throws IOException {
        gaze.assets("pose").createBlank("standing_tall");

        assertThat(Json.object(Files.readString(library.resolve("data/poses/standing_tall.json")))
                        .toString())
                .isEqualTo("{\"pose_id\": \"standing_tall\", \"pose_name\": \"Standing Tall\", "
                        + "\"pose\": {\"full_body\": \"\", \"hands\": \"\"}, "
                        + "\"lora\": {\"lora_name\": \"\", \"lora_weight\": 1, \"lora_triggers\": \"\"}}");
        JsonObject character = gaze.assets("character").category().blank("mira").json();
        assertThat(character.text("wardrobe", "default", "headwear")).contains("");
        assertThat(character.text("identity", "base_specs")).contains("");
        assertThat(character.get("tags")).contains(JsonArray.of());
        assertThat(List.copyOf(character.members().keySet())).startsWith("character_id", "character_name");
    }
}
