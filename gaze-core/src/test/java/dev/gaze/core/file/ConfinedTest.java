package dev.gaze.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfinedTest {
    @TempDir
    private Path folder;

    private Path root;
    private Confined confined;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(folder.resolve("out"));
        confined = new Confined(root);
    }

    @ParameterizedTest(name = "name {index}")
    @ValueSource(strings = {"a.png", "a/b.png", "a\\b.png", "a..b.png", "..a/b", "a/.b", "100%.png", "ä ö/ü.png"})
    void a_plain_name_leads_below_the_folder(String name) {
        assertThat(confined.resolve(name)).startsWithRaw(root).isNotEqualTo(root);
    }

    @ParameterizedTest(name = "name {index}")
    @ValueSource(
            strings = {
                "",
                "  ",
                ".",
                "a/..",
                "..",
                "../out-b/x",
                "a/../../x",
                "..\\x",
                "a\\..\\..\\x",
                "a/ .. /x",
                "/etc/passwd",
                "\\windows",
                "\\\\server\\share\\x",
                "//server/share/x",
                "C:\\x",
                "c:x",
                "x\0.png",
                "%2e%2e/x",
                "..%2fx",
                "a%5C..%5cx",
                "%252e%252e/x",
                "x%00.png"
            })
    @Tag("I14")
    @Tag("I80")
    void a_name_that_leads_elsewhere_is_refused(String name) {
        assertThatThrownBy(() -> confined.resolve(name))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(GazeException.Kind.REFUSED))
                .hasMessageNotContaining("\0");
    }

    @Test
    @Tag("I80")
    void a_link_out_of_the_folder_is_refused_even_for_files_not_there_yet() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("out-b"));
        Files.createSymbolicLink(root.resolve("link"), outside);

        assertThatThrownBy(() -> confined.resolve("link/new.png")).hasMessageContaining("through a link");
        assertThat(confined.contains(root.resolve("link"))).isFalse();
    }

    @Test
    void a_link_that_leads_nowhere_is_refused() throws IOException {
        Files.createSymbolicLink(root.resolve("dangling"), folder.resolve("nowhere"));

        assertThatThrownBy(() -> confined.resolve("dangling/new.png")).isInstanceOf(GazeException.class);
    }

    @Test
    void a_link_that_stays_inside_is_followed() throws IOException {
        Path inside = Files.createDirectories(root.resolve("real"));
        Files.createSymbolicLink(root.resolve("link"), inside);

        assertThat(confined.name(root.resolve("link/new.png"))).contains("real/new.png");
    }

    @Test
    void a_folder_whose_name_only_starts_alike_is_outside() {
        assertThat(confined.contains(folder.resolve("out-b/x"))).isFalse();
        assertThat(confined.contains(root.resolve("x"))).isTrue();
        assertThat(confined.contains(root)).isFalse();
    }

    @Test
    @Tag("I14")
    void a_folder_is_no_file() throws IOException {
        Files.createDirectories(root.resolve("set"));
        Path file = Files.writeString(root.resolve("set/a.png"), "x");

        assertThat(confined.existing("set/a.png")).isEqualTo(file);
        assertThatThrownBy(() -> confined.existing("set"))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        missing -> assertThat(missing.kind()).isEqualTo(GazeException.Kind.NOT_FOUND));
    }

    @ParameterizedTest(name = "name {index}")
    @ValueSource(strings = {"a", "a b", "a.b", "ä"})
    void a_single_element_is_told(String name) {
        assertThat(Confined.isElement(name)).isTrue();
    }

    @ParameterizedTest(name = "name {index}")
    @ValueSource(strings = {"", "..", ".hidden", "a/b", "a\\b", "C:", "a\0"})
    void what_is_no_single_element_is_told(String name) {
        assertThat(Confined.isElement(name)).isFalse();
    }
}
