package dev.gaze.llm.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.author.BulkReport;
import dev.gaze.api.author.BulkStep;
import dev.gaze.api.author.Written;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Assets for model files that no asset names. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BulkTest extends AuthorTesting {

    @BeforeEach
    void poses() {
        gaze.close();
        gaze = open(POSE.loras("Poses/").loraWeight(0.9));
    }

    @Test
    @Tag("G100")
    @Tag("G131")
    void every_file_that_no_asset_names_gets_an_asset() throws IOException {
        lora("Poses/Lotus Seat (v2).safetensors", JsonObject.of("modelspec.trigger_phrase", "lotusP"));
        lora("Poses/deep/taken.safetensors", JsonObject.empty());
        lora("Poses/waving.safetensors", JsonObject.empty());
        lora("Elsewhere/other.safetensors", JsonObject.empty());
        gaze.assets("action")
                .create(
                        "my_own",
                        gaze.assets("action")
                                .category()
                                .blank("my_own")
                                .with("Poses\\deep\\taken.safetensors", "lora", "lora_name"));
        say(pose("ignored", "sitting", "")
                .replace("\"pose\":", "\"lora\": {\"lora_triggers\": \"lotusP\"}, \"pose\":"));
        say(pose("ignored", "standing", "")
                .replace("\"pose\":", "\"lora\": {\"lora_triggers\": \"\", \"lora_weight\": 0.65}, \"pose\":"));
        List<BulkStep> told = new ArrayList<>();

        BulkReport report = gaze.author("pose").bulkCreate(told::add);

        assertThat(report.complete()).isTrue();
        assertThat(report.skipped()).isOne();
        assertThat(report.created()).extracting(Object::toString).containsExactly("pose/lotus_seat_v2", "pose/waving");
        assertThat(told)
                .isEqualTo(report.steps())
                .extracting(step -> step.number() + "/" + step.of() + " " + step.file())
                .containsExactly("1/2 Poses/Lotus Seat (v2).safetensors", "2/2 Poses/waving.safetensors");
        assertThat(gaze.assets("pose").get("lotus_seat_v2").data().json().object("lora"))
                .hasToString(
                        "{\"lora_name\": \"Poses/Lotus Seat (v2).safetensors\", \"lora_weight\": 0.9, \"lora_triggers\": \"lotusP\"}");
        assertThat(gaze.assets("pose").get("waving").data().json().object("lora"))
                .hasToString(
                        "{\"lora_name\": \"Poses/waving.safetensors\", \"lora_weight\": 0.65, \"lora_triggers\": \"\"}");

        assertThat(gaze.author("pose").bulkCreate()).isEqualTo(new BulkReport(List.of(), 3, true));
    }

    @Test
    @Tag("G100")
    void name_and_header_of_the_file_are_hints() throws IOException {
        lora(
                "Poses/lotus.safetensors",
                JsonObject.of(
                        "modelspec.title",
                        "Lotus\nSeat",
                        "modelspec.description",
                        "x".repeat(1_000),
                        "ss_tag_frequency",
                        "{\"3_lotus\": {\"lotusP\": 40, \" smile\": 3, \"odd\": \"many\"}, \"1_more\": {\"smile\": 20}, \"n\": 1}",
                        "ss_learning_rate",
                        "0.0001"));
        say(pose("a", "sitting", ""));

        Written written = gaze.author("pose").writeFor("Poses/lotus.safetensors");

        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Valid.class, valid -> assertThat(valid.id()).isEqualTo("lotus"));
        assertThat(told(0).get(0)).contains("lora_triggers", "lora_weight").doesNotContain("lora_name");
        assertThat(told(0).get(1))
                .startsWith("user: Write the entry for this model file: Poses/lotus.safetensors")
                .contains("\nTitle: Lotus Seat\n", "Description: " + "x".repeat(400) + "…\n")
                .contains("how many carry them: lotusP (40), smile (23)\n")
                .doesNotContain("0.0001");
        assertThat(gaze.assets("pose").count()).as("nothing is saved").isZero();
    }

    @Test
    @Tag("G100")
    void a_stopped_run_goes_on_with_the_next() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            lora("Poses/" + name + ".safetensors", JsonObject.empty());
        }
        say(pose("x", "sitting", ""));
        BulkReport first = gaze.author("pose").bulkCreate(step -> false);
        assertThat(first.complete()).isFalse();
        assertThat(first.created()).hasSize(1);

        say(pose("x", "sitting", ""));
        server.then((asked, wire) -> wire.json(401, "{\"error\": {\"message\": \"no such key\"}}"));
        BulkReport second = gaze.author("pose").bulkCreate();
        assertThat(second.complete()).as("nobody answers any more").isFalse();
        assertThat(second.skipped()).isOne();
        assertThat(second.created()).extracting(Object::toString).containsExactly("pose/b");
        assertThat(second.left())
                .singleElement()
                .satisfies(step -> assertThat(step.problems()).isNotEmpty());

        say(pose("x", "sitting", ""));
        assertThat(gaze.author("pose").bulkCreate().created())
                .extracting(Object::toString)
                .containsExactly("pose/c");
    }

    @Test
    void an_answer_that_is_never_right_holds_nobody_up() throws IOException {
        lora("Poses/a.safetensors", JsonObject.empty());
        lora("Poses/b.safetensors", JsonObject.empty());
        for (int round = 1; round <= Rounds.UNREAD; round++) {
            say("no");
        }
        say(pose("x", "sitting", ""));

        BulkReport report = gaze.author("pose").bulkCreate();

        assertThat(report.complete()).isTrue();
        assertThat(report.left()).extracting(BulkStep::file).containsExactly("Poses/a.safetensors");
        assertThat(report.created()).extracting(Object::toString).containsExactly("pose/b");
    }

    @Test
    void an_interrupt_ends_the_run() throws IOException {
        lora("Poses/a.safetensors", JsonObject.empty());
        lora("Poses/b.safetensors", JsonObject.empty());
        Thread.currentThread().interrupt();

        BulkReport report = gaze.author("pose").bulkCreate();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(report.steps()).hasSize(1);
        assertThat(report.created()).isEmpty();
    }

    @Test
    @Tag("G100")
    void what_exists_is_left_alone() throws IOException {
        lora("Poses/blank.safetensors", JsonObject.empty());
        lora("Poses/one/twin.safetensors", JsonObject.empty());
        lora("Poses/two/twin.safetensors", JsonObject.empty());
        gaze.assets("pose").createBlank("blank");
        say(pose("x", "sitting", ""));
        say(pose("x", "standing", ""));

        BulkReport report = gaze.author("pose").bulkCreate();

        assertThat(report.skipped())
                .as("an asset of that name waits for its owner")
                .isOne();
        assertThat(report.created()).extracting(Object::toString).containsExactly("pose/twin", "pose/twin_02");
    }

    @Test
    @Tag("G100")
    @Tag("G131")
    void a_character_is_named_by_the_model_since_its_id_is_written_into_prompts() throws IOException {
        lora("Illustrious/Looks/yunaFFX-v2_e10.safetensors", JsonObject.empty());
        say("""
                {"character_id": "yuna_(ff10)", "character_name": "Yuna", "identity": {}, "wardrobe": {"default": {}},
                 "defaults": {}, "participants": {"orientation": "1F"}}
                """);

        BulkReport report = gaze.author("character").bulkCreate();

        assertThat(report.created()).extracting(Object::toString).containsExactly("character/yuna_ff10");
        assertThat(gaze.assets("character").get("yuna_ff10").id()).isEqualTo("yuna_(ff10)");
    }

    @Test
    @Tag("G100")
    @Tag("G131")
    void checkpoints_are_written_for_their_files_alone() throws IOException {
        model("checkpoints/Illustrious/Big Model.safetensors", JsonObject.of("modelspec.title", "The Big One"));
        gaze.assets("checkpoint").sync();
        assertThatThrownBy(() -> gaze.author("checkpoint").write("a good one"))
                .isInstanceOfSatisfying(GazeException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.INVALID);
                    assertThat(failure).hasMessageContaining("bulkCreate");
                });
        assertThatThrownBy(() -> gaze.author("checkpoint").writeFor("Illustrious/Big Modell.safetensors"))
                .isInstanceOfSatisfying(GazeException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
                    assertThat(failure).hasMessageContaining("did you mean 'Illustrious/Big Model.safetensors'");
                });
        say("""
                {"checkpoint_name": "Big Model", "base_positive": "masterpiece, best quality, long hair",
                 "base_negative": "worst quality", "steps": 30}
                """);

        BulkReport report = gaze.author("checkpoint").bulkCreate();

        assertThat(report.left()).isEmpty();
        assertThat(told(0).get(1)).contains("Title: The Big One");
        assertThat(report.created()).hasSize(1);
        JsonObject saved = gaze.assets("checkpoint")
                .get(report.created().get(0).slug())
                .data()
                .json();
        assertThat(saved.text("checkpoint_path")).contains("Illustrious/Big Model.safetensors");
        assertThat(saved.text("checkpoint_name")).contains("Big Model");
        assertThat(saved.text("base_positive")).contains("masterpiece, best quality, long hair");
        assertThat(saved.text("steps")).contains("30");
        assertThat(saved.number("cfg")).isPresent();
        try (var files = Files.list(library.resolve("data/checkpoints"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".json")))
                    .hasSize(1);
        }
    }
}
