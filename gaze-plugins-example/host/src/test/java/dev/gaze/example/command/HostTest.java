package dev.gaze.example.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.example.project.Readme;
import dev.gaze.example.project.SampleLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on a copy of the sample library. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    private Path folder;

    private Path library;

    @BeforeEach
    void copy() throws IOException {
        library = SampleLibrary.copyTo(folder);
        Files.copy(
                SampleLibrary.folder().resolve("gaze.json"),
                library.resolve("gaze.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void sync_tells_what_there_is() {
        HostRun run = run("sync");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("0 problems").contains("4 character, 2 look, 4 action");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void sync_tells_a_broken_file_with_its_line_and_loads_the_rest() throws IOException {
        Files.writeString(library.resolve("data/clothing/torn.json"), "{\n  \"outfit_id\": \"torn\",\n  oops\n}\n");

        HostRun run = run("sync");

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(run.out())
                .contains("1 problem")
                .contains("clothing/torn.json:3")
                .contains("4 outfit");
    }

    @Test
    void list_tells_categories_and_the_assets_of_one() {
        assertThat(run("list").lines()).anyMatch(line -> line.matches("outfit +4  data/clothing"));
        assertThat(run("list", "outfit").lines())
                .extracting(line -> line.split(" ")[0])
                .containsExactly("hiking", "lab_coat", "stage", "raincoat");
        assertThat(run("list", "outfit", "--search", "yellow").lines()).hasSize(1);
        assertThat(run("list", "outfit", "--without-cover").lines()).hasSize(4);
        HostRun nothing = run("list", "outfit", "--search", "spacesuit");
        assertThat(nothing.code()).isZero();
        assertThat(nothing.err()).contains("No outfit was found whose name, id or tags hold 'spacesuit'");
    }

    @Test
    void a_category_that_is_not_there_is_told_with_the_nearest() {
        HostRun run = run("list", "outfits");

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.NOT_FOUND));
        assertThat(run.err()).startsWith("error: ").contains("'outfits'").contains("did you mean 'outfit'?");
    }

    @Test
    void show_prints_the_file_as_people_edit_it() throws IOException {
        HostRun run = run("show", "outfit", "raincoat");
        assertThat(run("show", "outfit/raincoat")).isEqualTo(run);

        assertThat(run.out())
                .startsWith("outfit/raincoat  Yellow Raincoat")
                .contains("raincoat.json")
                .contains(Files.readString(library.resolve("data/clothing/raincoat.json"))
                        .strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"raincoatt", "../../gaze", "/etc/passwd", "C:\\x", "a\0b", "%2e%2e", "__random__"})
    void a_slug_that_is_not_there_is_told_and_never_leaves_the_library(String slug) {
        HostRun run = run("show", "outfit", slug);

        assertThat(run.code()).isIn(ExitCodes.of(Kind.NOT_FOUND), ExitCodes.of(Kind.REFUSED));
        assertThat(run.err()).startsWith("error: ").contains("outfit").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    @Tag("G103")
    void preview_needs_no_server() {
        HostRun run = HostRun.of(
                false,
                Map.of("GAZE_COMFY_URL", NOBODY),
                "preview",
                "--library",
                library.toString(),
                "--character",
                "mira_vale",
                "--with",
                "outfit=raincoat",
                "--with",
                "scene=harbour_dawn",
                "--plus",
                "wind");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("miraV, rainC, long hair, red hair, green eyes, yellow raincoat, rubber boots")
                .contains("outfit/raincoat wardrobe::top")
                .contains("Illustrious/Clothing/raincoat.safetensors");
    }

    @Test
    void every_option_reaches_the_request() {
        HostRun run = run(
                "preview",
                "--character",
                "mira_vale",
                "--wearing",
                "workshop",
                "--only",
                "special::name,wardrobe::bottom",
                "--negative",
                "hat",
                "--checkpoint",
                "Illustrious/model.safetensors",
                "--with",
                "style=watercolour",
                "--with",
                "scene=rooftop_garden",
                "--stack-all");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("mira vale, ")
                .contains("overalls")
                .doesNotContain("grey sweater")
                .contains("hat")
                .contains("watercolour.safetensors", "rooftop_garden.safetensors");
    }

    @Test
    void a_listed_name_is_refused_before_anything_is_sent() {
        HostRun run = run("generate", "--character", "mira_vale", "--plus", "(Loli:1.2)");

        assertThat(run.code()).isEqualTo(ExitCodes.of(Kind.REFUSED));
        assertThat(run.err()).startsWith("error: ");
        assertThat(library.resolve("uploads/character"))
                .satisfiesAnyOf(
                        uploads -> assertThat(uploads).doesNotExist(),
                        uploads -> assertThat(uploads).isEmptyDirectory());
    }

    @Test
    void workflow_prints_a_graph_and_nothing_else() {
        HostRun run = run("workflow", "--character", "mira_vale", "--with", "outfit=raincoat", "--seed", "7");

        assertThat(run.code()).isZero();
        JsonObject graph = Json.object(run.out());
        assertThat(graph.text("3", "class_type")).contains("KSampler");
        assertThat(run.out()).contains("yellow raincoat").contains("Illustrious/Clothing/raincoat.safetensors");
    }

    @Test
    void generate_ends_with_the_path_of_the_image() {
        HostRun run = run(
                "generate",
                "--character",
                "mira_vale",
                "--with",
                "outfit=raincoat",
                "--size",
                "128x128",
                "--steps",
                "8");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.bar()).isEmpty();
        assertThat(run.out()).contains("server    embedded");
        assertThat(run.lines()).contains("step      8 of 8");
        assertThat(Path.of(run.lastLine()))
                .isRegularFile()
                .hasExtension("png")
                .startsWith(library.resolve("uploads/character/mira_vale").toAbsolutePath());
    }

    @Test
    void on_a_terminal_there_is_a_bar_instead_of_lines() {
        HostRun run = HostRun.of(
                true,
                Map.of(),
                "generate",
                "--library",
                library.toString(),
                "--character",
                "mira_vale",
                "--size",
                "64x64",
                "--steps",
                "8");

        assertThat(run.code()).isZero();
        assertThat(run.bar()).contains("8/8");
        assertThat(run.out()).doesNotContain("of 8");
        assertThat(Path.of(run.lastLine())).isRegularFile();
    }

    @Test
    void a_picture_for_a_style_is_filed_under_the_style() {
        HostRun run = run("generate", "--for", "style=ink_lines", "--character", "teo_brandt", "--size", "64x64");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Path.of(run.lastLine()))
                .startsWith(library.resolve("uploads/style/ink_lines").toAbsolutePath());
    }

    @Test
    void a_server_that_is_down_is_named() {
        for (HostRun run : List.of(
                run("generate", "--character", "mira_vale", "--comfy", NOBODY),
                HostRun.of(
                        false,
                        Map.of("GAZE_COMFY_URL", NOBODY),
                        "generate",
                        "--library",
                        library.toString(),
                        "--character",
                        "mira_vale"))) {
            assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.of(Kind.UNAVAILABLE));
            assertThat(run.out()).contains("server    " + NOBODY);
            assertThat(run.err()).startsWith("error: ").contains(NOBODY).doesNotContain("\tat ");
        }
    }

    @Test
    void the_servers_of_the_library_come_before_the_environment() throws IOException {
        Files.writeString(library.resolve("gaze.json"), "{\"servers\": [\"embedded\"]}");

        HostRun run = HostRun.of(
                false,
                Map.of("GAZE_COMFY_URL", NOBODY),
                "generate",
                "--library",
                library.toString(),
                "--character",
                "mira_vale",
                "--size",
                "64x64");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("server    embedded");
    }

    @Test
    void nothing_chosen_is_told() {
        HostRun run = run("generate");

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).startsWith("error: ").doesNotContain("\tat ");
    }

    @Test
    void while_somebody_works_on_the_library_it_can_be_looked_at() {
        try (Gaze writer = Gaze.open(library)) {
            assertThat(writer.assets("outfit").count()).isEqualTo(4);

            assertThat(run("list", "outfit").lines()).hasSize(4);
            assertThat(run("preview", "--character", "mira_vale").out()).contains("miraV");
            HostRun second = run("generate", "--character", "mira_vale");
            assertThat(second.code()).isEqualTo(ExitCodes.of(Kind.CONFLICT));
            assertThat(second.err()).startsWith("error: ");
        }
    }

    @Test
    @Tag("G150")
    void a_plugin_on_the_class_path_is_there_until_it_is_left_out() {
        assertThat(run("list").out()).contains("pose ");
        assertThat(run("list", "--without", "example.poses").out()).doesNotContain("pose ");

        HostRun misspelt = run("list", "--without", "example.pose");
        assertThat(misspelt.code()).isEqualTo(ExitCodes.of(Kind.INVALID));
        assertThat(misspelt.err()).contains("no plugin 'example.pose'", "did you mean 'example.poses'");
    }

    @Test
    void the_demo_shows_every_step_and_ends_with_the_path() {
        HostRun run = run("demo");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("library   ")
                .contains(
                        "1girl, solo, mira vale, miraV, rainC, long hair, red hair, green eyes, yellow raincoat, rubber boots, smile, standing, harbor, sunrise")
                .contains("character/mira_vale identity::hair")
                .contains("outfit/raincoat wardrobe::top")
                .contains("Illustrious/Looks/mira_vale.safetensors")
                .contains("Illustrious/Clothing/raincoat.safetensors")
                .contains("Illustrious/Backgrounds/harbour_dawn.safetensors")
                .contains("server    embedded");
        assertThat(run.lines()).contains("step      25 of 25", "step      25 of 25, pass 2");
        assertThat(run.lines().stream().filter(line -> line.startsWith("warning: ")))
                .noneMatch(line -> line.contains("safetensors"));
        assertThat(Path.of(run.lastLine())).isRegularFile().hasExtension("png");
    }

    @Test
    void the_readme_shows_what_the_demo_prints() throws Exception {
        List<String> printed = run("demo", "--without", "example.poses").lines();
        List<String> shown = Readme.block("text").lines().toList();

        assertThat(shown.subList(0, shown.size() - 2)).isEqualTo(printed.subList(0, shown.size() - 2));
        assertThat(shown.get(shown.size() - 1)).matches("….*/uploads/character/mira_vale/gen_\\d+\\.png");
    }

    @Test
    void on_a_server_with_other_files_the_demo_leaves_ours_out_and_says_so() {
        try (EmbeddedComfy theirs = EmbeddedComfy.start()) {
            theirs.onlyModels("checkpoints", List.of("sdxl/theirs.safetensors"));
            theirs.onlyModels("loras", List.of("theirs.safetensors"));

            HostRun run = run("demo", "--comfy", theirs.address().toString());

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .contains("server    " + theirs.address())
                    .contains("warning: ")
                    .contains("sdxl/theirs.safetensors");
            assertThat(run.lines().stream().filter(line -> line.startsWith("warning: ")))
                    .anyMatch(line -> line.contains("Illustrious/Looks/mira_vale.safetensors"))
                    .anyMatch(line -> line.contains("Illustrious/Clothing/raincoat.safetensors"))
                    .anyMatch(line -> line.contains("Illustrious/model.safetensors"));
            assertThat(Path.of(run.lastLine())).isRegularFile().hasExtension("png");
            assertThat(theirs.promptCount()).isEqualTo(1);
        }
    }

    private HostRun run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--library", library.toString()));
        arguments.addAll(Arrays.asList(options));
        return HostRun.of(arguments.toArray(String[]::new));
    }
}
