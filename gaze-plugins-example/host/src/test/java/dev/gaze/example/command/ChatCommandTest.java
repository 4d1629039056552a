package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Talking with a model on the terminal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatCommandTest extends ModelTesting {
    private HostRun chat(String... arguments) {
        return chatReading("", arguments);
    }

    private HostRun chatReading(String input, String... arguments) {
        return HostRun.reading(
                input, false, model.environment(), command(arguments).toArray(String[]::new));
    }

    private List<String> command(String... arguments) {
        List<String> all = new ArrayList<>(List.of("chat", "--library", library.toString()));
        all.addAll(Arrays.asList(arguments));
        return all;
    }

    @Test
    @Tag("P56")
    void a_question_is_answered_with_every_step_on_the_way() {
        model.calls("search_tags", "{\"query\":\"long_h\"}").says("Take long_hair, ", "it is common.");

        HostRun run = chat("Which", "tag?");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0)).isEqualTo("tool      search_tags({\"query\":\"long_h\"})");
        assertThat(run.lines().get(1)).startsWith("answered  after ").contains("long_hair");
        assertThat(run.lastLine()).isEqualTo("Take long_hair, it is common.");
        assertThat(model.asked().get(0)).contains("Which tag?", "validate_tags");
        assertThat(model.asked().get(1)).contains("\"role\":\"tool\"");
    }

    @Test
    void without_a_question_every_line_is_one_and_the_conversation_is_kept() {
        model.says("Anna.").says("Anna again.").says("Who?");

        HostRun run = chatReading("Who are you?\n\n And now?  \n/reset\nAnd now?\n/bye\nnobody hears this\n");

        assertThat(run.out().lines()).containsExactly("Anna.", "Anna again.", "Who?");
        assertThat(run.code()).isZero();
        assertThat(model.asked()).hasSize(3);
        assertThat(model.asked().get(1)).contains("Who are you?", "\"Anna.\"", "\"And now?\"");
        assertThat(model.asked().get(2)).contains("And now?").doesNotContain("Who are you?");
    }

    @Test
    @Tag("P57")
    void a_question_that_fails_ends_no_conversation_and_is_not_remembered() {
        model.says("One.").refuses().says("Three.");

        HostRun run = chatReading("first\nsecond\nthird\n");

        assertThat(run.out().lines()).containsExactly("One.", "Three.");
        assertThat(run.err()).startsWith("error: ").contains("fix").doesNotContain("s3cret-key");
        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(model.asked().get(2)).contains("first", "One.", "third").doesNotContain("second");
    }

    @Test
    @Tag("G50")
    void with_the_library_a_model_makes_a_picture() {
        model.calls(
                        "generate_image",
                        "{\"assets\":{\"character\":\"mira_vale\",\"outfit\":\"raincoat\"},\"width\":64,\"height\":64}")
                .says("There she is.");

        HostRun run = chat("--with-library", "Mira in the rain, please");

        assertThat(run.out()).contains("tool      generate_image(", "DONE", ".png");
        assertThat(run.lastLine()).isEqualTo("There she is.");
        assertThat(library.resolve("uploads/character/mira_vale")).isDirectoryContaining("glob:**.png");
    }

    @Test
    void model_system_text_and_tools_are_chosen_by_options() throws IOException {
        Path picture = Files.write(folder.resolve("a.gif"), new byte[] {'G', 'I', 'F', '8', '9', 'a'});
        model.says("Yes.");

        HostRun run = chat(
                "--llm-model",
                "other:7b",
                "--system",
                "Be brief.",
                "--no-tools",
                "--image",
                picture.toString(),
                "What?");

        assertThat(run.lines()).containsExactly("Yes.");
        assertThat(model.asked().get(0))
                .contains("\"other:7b\"", "Be brief.", "data:image/gif;base64,")
                .doesNotContain("search_tags");
    }

    @Test
    @Tag("P18")
    void the_models_of_the_server_are_listed() {
        assertThat(chat("--models").lines()).containsExactly("stub", "other:7b");
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void what_cannot_be_asked_is_told_before_anybody_is() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "no picture");

        assertThat(chat("--image", folder.resolve("b.png").toString(), "What?").code())
                .isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(chat("--image", text.toString(), "What?").err()).contains("no PNG, JPEG, WebP or GIF");
        assertThat(chat("--llm-model", "othr:7b", "What?").err()).contains("did you mean 'other:7b'");
        assertThat(chat("--minutes", "0", "What?").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void whoever_stops_the_host_stops_the_model_too() throws IOException, InterruptedException {
        model.talksOn();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gaze.example.Main"));
        command.addAll(command("Talk!"));
        Path said = folder.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(model.environment());
        Process host = builder.start();
        try {
            Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> Files.size(said) > 100 || !host.isAlive());
            assertThat(host.isAlive()).as(Files.readString(said)).isTrue();

            host.destroy();

            assertThat(model.left().await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            host.destroyForcibly();
        }
    }
}
