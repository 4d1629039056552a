package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Assets written on the command line, with a model server inside the test. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuthorCommandTest extends ModelTesting {
    private static final String POSE = """
            {"action_id": "Lotus", "action_name": "Lotus Seat",
             "action": {"full_body": "sitting, %s", "additional": "", "head": "", "eyes": "closed eyes", "arms": "", "hands": ""}}
            """;

    private HostRun run(String input, boolean interactive, String... arguments) {
        List<String> all = new ArrayList<>(List.of("author"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--library", library.toString()));
        return HostRun.reading(input, interactive, model.environment(), all.toArray(String[]::new));
    }

    @Test
    @Tag("G88")
    @Tag("G131")
    void an_asset_is_written_and_shown_and_saved_when_somebody_says_so() {
        model.says(POSE.formatted("legs crossed")).says(POSE.formatted("crossed legs"));
        model.says(POSE.formatted("crossed legs")).says(POSE.formatted("crossed legs"));
        Path file = library.resolve("data/actions/lotus.json");

        HostRun shown = run("", false, "write", "action", "a", "lotus", "seat");
        assertThat(shown.code()).isZero();
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out()).contains("\"full_body\": \"sitting, ");
        assertThat(shown.lastLine()).isEqualTo("not saved; --save does");

        assertThat(run("no\n", true, "write", "action", "x").out()).contains("Save it as 'lotus'? [y/N]");
        assertThat(file).doesNotExist();
        assertThat(run("Yes\n", true, "write", "action", "x").lastLine())
                .endsWith("saved     action/lotus  lotus.json");
        assertThat(file).exists();
        HostRun again = run("", false, "write", "action", "x", "--save");
        assertThat(again.out()).contains("note      The id 'lotus' is taken").contains("saved     action/lotus_02");
    }

    @Test
    void another_model_may_write() {
        model.says(POSE.formatted("crossed legs"));

        run("", false, "write", "action", "x", "--llm-model", "other:7b");

        assertThat(model.asked().toString()).contains("\"model\":\"other:7b\"");
    }

    @Test
    void at_a_terminal_every_step_is_shown() {
        model.calls("search_tags", "{\"query\": \"crossed_l\"}").says("no").says(POSE.formatted("crossed legs"));

        HostRun run = run("n\n", true, "write", "action", "x");

        assertThat(run.out())
                .contains("tool      ", "search_tags", "answered ", "crossed_legs")
                .contains("again     2 of 4, since 1 thing is wrong")
                .containsOnlyOnce("\"action_id\"");
    }

    @Test
    void what_is_wrong_to_the_end_is_told_with_the_text() {
        for (int round = 0; round < 8; round++) {
            model.says(POSE.formatted("hovering upside down"));
        }
        HostRun refused = run("", false, "write", "action", "x", "--save");
        assertThat(refused.code()).isEqualTo(ExitCodes.of(Kind.FAILED));
        assertThat(refused.err())
                .contains("wrong: 'hovering upside down' is no tag", "action.full_body", "--unknown-tags", "GAZE_TAGS")
                .doesNotContain("leave it out");
        assertThat(refused.out()).contains("\"action_id\": \"Lotus\"");

        HostRun accepted = run("", false, "write", "action", "x", "--save", "--unknown-tags");
        assertThat(accepted.code()).isZero();
        assertThat(accepted.lastLine()).isEqualTo("saved     action/lotus  lotus.json");
    }

    @Test
    @Tag("G100")
    void bulk_writes_for_files_without_an_asset_and_goes_on_where_it_was_stopped() throws IOException {
        Files.writeString(library.resolve("gaze.json"), """
                {"servers": ["embedded"], "modelRoots": {"loras": ["loras"]}}
                """);
        for (String name : List.of("sitting", "lotus", "hovering", "standing")) { // the library has 'sitting'
            Path file = library.resolve("loras/Illustrious/Poses/" + name + ".safetensors");
            Files.createDirectories(file.getParent());
            byte[] header = "{}".getBytes(StandardCharsets.UTF_8);
            Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, header[0], header[1]});
        }
        model.says(POSE.formatted("crossed legs")).says("no").says("no").says("no");

        HostRun unasked = run("", false, "bulk", "action");
        assertThat(unasked.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(model.asked()).isEmpty();

        HostRun first = run("", false, "bulk", "action", "--save", "--most", "1", "--llm-model", "other:7b");
        assertThat(model.asked().toString()).contains("\"model\":\"other:7b\"");
        assertThat(first.lines())
                .containsExactly(
                        "1 of 3  Illustrious/Poses/hovering.safetensors  action/hovering",
                        "1 written, 0 left, 1 had one; run it again to go on");
        HostRun second = run("y\n", true, "bulk", "action", "--most", "1");
        assertThat(second.code()).isEqualTo(ExitCodes.of(Kind.FAILED));
        assertThat(second.err()).contains("wrong: The answer holds no JSON object");
        assertThat(second.out()).contains("1 of 2  Illustrious/Poses/lotus.safetensors  not written", "2 had one");
    }

    @Test
    @Tag("G88")
    void blank_makes_an_asset_to_be_filled_in() throws IOException {
        HostRun run = run("", false, "blank", "outfit", "sunday_best");

        assertThat(run.lines()).containsExactly("saved     outfit/sunday_best  sunday_best.json");
        JsonObject made = Json.object(Files.readString(library.resolve("data/clothing/sunday_best.json")));
        assertThat(made.text("outfit_name")).contains("Sunday Best");
        assertThat(made.text("wardrobe", "headwear")).contains("");
        assertThat(run("", false, "blank", "outfit", "raincoat").code()).isEqualTo(ExitCodes.of(Kind.CONFLICT));
    }

    @Test
    void a_model_that_refuses_is_told_without_its_key() {
        model.refuses();

        HostRun run = run("", false, "write", "action", "x");

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(run.err()).startsWith("error: ").doesNotContain("s3cret-key");
    }
}
