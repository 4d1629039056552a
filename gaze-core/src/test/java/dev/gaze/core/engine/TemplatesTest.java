package dev.gaze.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.workflow.Role;
import dev.gaze.core.small.SmallWirer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G4")
@Tag("G21")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TemplatesTest {
    @TempDir
    Path folder;

    private Templates templates() {
        return new Templates(folder, new SmallWirer());
    }

    private void file(String name, String content) throws Exception {
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void the_default_is_always_there_and_may_be_replaced() throws Exception {
        Templates templates = templates();
        assertThat(templates.names()).containsExactly("default");
        assertThat(templates.get("default").name()).isEqualTo("default");

        file(
                "default.json",
                SmallWirer.graph().with("50", SmallWirer.graph().object("7")).toString());
        assertThat(templates.get("default").graph().node("50")).isPresent();
        assertThat(new Templates(folder.resolve("missing"), new SmallWirer()).names())
                .containsExactly("default");
    }

    @Test
    void names_are_those_of_graphs_without_their_maps_of_roles() throws Exception {
        file("upscale.json", "{}");
        file("upscale.roles.json", "{}");
        file(".hidden.json", "{}");
        file("notes.txt", "");
        Files.createDirectories(folder.resolve("folder.json"));

        assertThat(templates().names()).containsExactly("default", "upscale");
    }

    @Test
    void a_map_of_roles_beside_the_graph_is_used() throws Exception {
        file("mine.json", SmallWirer.graph().toString());
        file("mine.roles.json", "{\"sampler\": \"33\"}");

        assertThat(templates().get("mine").graph().roles()).containsEntry(Role.SAMPLER, "33");
    }

    @Test
    void a_file_that_changes_is_read_again_and_one_that_does_not_is_kept() throws Exception {
        Templates templates = templates();
        file("mine.json", SmallWirer.graph().toString());
        var first = templates.get("mine");
        assertThat(templates.get("mine")).isSameAs(first);

        file(
                "mine.json",
                SmallWirer.graph().with("50", SmallWirer.graph().object("7")).toString());
        Files.setLastModifiedTime(folder.resolve("mine.json"), FileTime.from(Instant.ofEpochSecond(1)));
        assertThat(templates.get("mine").graph().node("50")).isPresent();
        file("mine.roles.json", "{\"sampler\": \"33\"}");
        assertThat(templates.get("mine").graph().roles()).containsEntry(Role.SAMPLER, "33");
    }

    @Test
    void what_is_wrong_names_file_and_line() throws Exception {
        file("broken.json", "{\n  \"3\": ,\n}");
        file("editor.json", "{\"nodes\": [], \"links\": []}");

        assertThatThrownBy(() -> templates().get("broken")).hasMessageContaining("broken.json:2:");
        assertThatThrownBy(() -> templates().get("editor"))
                .hasMessageContaining("editor.json")
                .hasMessageContaining("Export (API)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "../secret", "/etc/passwd", "a/b", "C:\\x", "x\0y", "", ".hidden", "%2e%2e"})
    @Tag("I80")
    void a_name_that_is_none_is_not_found(String name) throws Exception {
        Files.writeString(folder.resolveSibling("secret.json"), "{}");

        assertThatThrownBy(() -> templates().get(name))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("templates: default");
    }

    @Test
    @Tag("I80")
    void a_link_out_of_the_folder_is_refused(@TempDir Path elsewhere) throws Exception {
        Files.writeString(elsewhere.resolve("x.json"), SmallWirer.graph().toString());
        Files.createSymbolicLink(folder.resolve("x.json"), elsewhere.resolve("x.json"));

        assertThatThrownBy(() -> templates().get("x"))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED));
    }
}
