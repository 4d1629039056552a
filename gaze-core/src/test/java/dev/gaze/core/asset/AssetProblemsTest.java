package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetProblemsTest {
    @TempDir
    private Path root;

    private TestLibrary library;

    @BeforeEach
    void makeLibrary() {
        library = new TestLibrary(root);
        library.outfit("good", "Good");
    }

    @AfterEach
    void close() {
        library.close();
    }

    /** Opens the library, in which all but one file must have loaded, and gives what is wrong with that one. */
    private Problem onlyProblem() {
        library.open();
        assertThat(library.assets("outfit").find("good")).isPresent();
        assertThat(library.opened().problems()).hasSize(1);
        return library.opened().problems().get(0);
    }

    @Test
    @Tag("G10")
    void a_weight_that_is_no_number_is_told_with_file_line_and_fix() {
        library.write("clothing/raincoat.json", """
                {
                  "outfit_id": "raincoat",
                  "lora": {
                    "lora_name": "Illustrious/Clothing/raincoat.safetensors",
                    "lora_weight": "heavy"
                  }
                }
                """);

        assertThat(onlyProblem())
                .isEqualTo(new Problem(
                        "lora.lora_weight is \"heavy\"; expected a number such as 0.8",
                        "clothing/raincoat.json:5",
                        "write it without quotes"));
        assertThat(library.assets("outfit").count()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiter = '|', textBlock = """
            clothing    | {"outfit_id": 5}                                         | outfit_id is 5; expected text
            clothing    | {"outfit_name": ["a"]}                                   | outfit_name is a list; expected text
            clothing    | {"wardrobe": ["a"]}                                      | wardrobe is a list; expected an object
            clothing    | {"wardrobe": {"top": {"colour": "red"}}}                 | wardrobe.top is an object; expected text
            clothing    | {"tags": {"a": 1}}                                       | tags is an object; expected a list
            clothing    | {"lora": "a.safetensors"}                                | lora is "a.safetensors"; expected an object
            clothing    | {"lora": {"lora_name": 7}}                               | lora.lora_name is 7; expected text
            clothing    | {"lora": {"lora_name": "a.ckpt"}}                        | 'a.ckpt' is not accepted
            clothing    | {"lora": {"lora_name": "../../a.safetensors"}}           | leaves the loras folder
            clothing    | {"lora": {"lora_name": "/etc/a.safetensors"}}            | leaves the loras folder
            clothing    | {"lora": {"lora_name": "C:\\\\a.safetensors"}}           | leaves the loras folder
            clothing    | {"lora": {"lora_name": "a.safetensors", "weight": 200}}  | ComfyUI accepts -100 to 100
            characters  | {"identity": "tall"}                                     | identity is "tall"; expected an object
            detailers   | {"prompt": {"a": "b"}}                                   | prompt is an object; expected text
            checkpoints | {"checkpoint_path": ["a"]}                               | checkpoint_path is a list; expected text
            checkpoints | {"checkpoint_path": "a", "steps": "many"}                | steps is "many"; expected a number
            checkpoints | {"checkpoint_path": "../a.safetensors"}                  | leaves the checkpoints folder
            clothing    | []                                                       | Expected a JSON object, found a list
            clothing    | {"outfit_id": "a", "outfit_id": "b"}                     | Duplicate
            clothing    | {"outfit_id": "ΩΩ"}                                      | The slug of id 'ΩΩ' is empty
            clothing    | {"a": 1} {"b": 2}                                        | Something follows the end
            clothing    | {"a":                                                    | This is no JSON
            """)
    @Tag("G10")
    @Tag("I40")
    @Tag("G140")
    void a_wrong_file_is_left_out_and_told(String folder, String json, String what) {
        library.write(folder + "/bad.json", json);

        Problem problem = onlyProblem();

        assertThat(problem.what()).contains(what);
        assertThat(problem.where()).startsWith(folder + "/bad.json");
        assertThat(problem.fix()).isNotNull();
    }

    @Test
    void an_empty_file_is_told() {
        library.write("clothing/bad.json", "");

        assertThat(onlyProblem().what()).contains("empty");
    }

    @Test
    void nesting_beyond_the_limit_is_refused() {
        library.write("clothing/bad.json", "{\"a\": ".repeat(5_000) + "1" + "}".repeat(5_000));

        assertThat(onlyProblem().what()).contains("nests deeper");
    }

    @Test
    void a_huge_file_is_refused_without_reading_it() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(library.file("clothing/bad.json").toFile(), "rw")) {
            sparse.setLength(50_000_000_000L);
        }

        assertThat(onlyProblem().what()).contains("50000000000 bytes; at most 1000000");
    }

    @Test
    void a_utf_8_mark_is_read_over_and_utf_16_is_told() throws IOException {
        Files.writeString(library.file("clothing/marked.json"), "\uFEFF{\"outfit_id\": \"marked\"}");
        Files.write(
                library.file("clothing/wide.json"), "\uFEFF{\"outfit_id\": \"w\"}".getBytes(StandardCharsets.UTF_16LE));

        assertThat(onlyProblem().what()).contains("UTF-16; expected UTF-8");
        assertThat(library.assets("outfit").find("marked")).isPresent();
    }

    @Test
    void bytes_that_are_no_text_are_told() throws IOException {
        Files.write(
                library.file("clothing/bad.json"), new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'});

        assertThat(onlyProblem().what()).contains("no JSON");
    }

    @Test
    @Tag("G10")
    void of_two_files_with_one_slug_the_first_by_name_is_loaded_whatever_comes_later() throws IOException {
        library.write("clothing/m.json", "{\"outfit_id\": \"coat\", \"outfit_name\": \"M\"}");
        library.write("clothing/z.json", "{\"outfit_id\": \"co-at\", \"outfit_name\": \"Z\"}");

        assertThat(onlyProblem())
                .extracting(Problem::what, Problem::where)
                .containsExactly(
                        "'z.json' has the same slug 'coat' as 'm.json', which comes first and is loaded",
                        "clothing/z.json");
        AssetRepository outfits = library.assets("outfit");
        assertThat(outfits.get("coat").name()).isEqualTo("M");

        library.write("clothing/a.json", "{\"outfit_id\": \"coat\", \"outfit_name\": \"A\"}");
        SyncReport report = outfits.sync();
        assertThat(outfits.get("coat").name()).isEqualTo("A");
        assertThat(report.problems()).extracting(Problem::where).contains("clothing/m.json", "clothing/z.json");

        Files.delete(library.file("clothing/a.json"));
        assertThat(outfits.sync().problems()).hasSize(1);
        assertThat(outfits.get("coat").name()).isEqualTo("M");

        library.write("clothing/m.json", "{\"outfit_id\": \"mantle\", \"outfit_name\": \"M\"}");
        assertThat(outfits.sync().problems()).isEmpty();
        assertThat(outfits.get("coat").name()).isEqualTo("Z");
        assertThat(outfits.get("mantle").name()).isEqualTo("M");
    }

    @Test
    @Tag("G10")
    void a_file_that_became_broken_leaves_the_lists_until_mended_and_its_state_stays() {
        library.outfit("coat", "Coat");
        AssetRepository outfits = library.assets("outfit");
        outfits.editState("coat", state -> state.withCover("outfit/coat/gen_1.png"));

        library.write("clothing/coat.json", "{ broken");
        SyncReport broken = outfits.sync();
        assertThat(broken.removed()).containsExactly(new AssetKey("outfit", "coat"));
        assertThat(broken.problems()).hasSize(1);
        assertThat(outfits.find("coat")).isEmpty();
        assertThat(outfits.sync().problems()).as("told until it is mended").hasSize(1);

        library.outfit("coat", "Coat");
        assertThat(outfits.sync().added()).containsExactly(new AssetKey("outfit", "coat"));
        assertThat(outfits.get("coat").state().cover()).isEqualTo("outfit/coat/gen_1.png");
    }

    @Test
    void a_broken_sidecar_is_told_and_never_overwritten() throws IOException {
        library.write("clothing/.state/good.json", "{\n\"cover\": 5}");

        Problem problem = onlyProblem();

        assertThat(problem.where()).isEqualTo("clothing/.state/good.json:2");
        assertThat(library.assets("outfit").get("good").state().cover()).isNull();
        Refusal.of(() -> library.assets("outfit").editState("good", state -> state.withCover("x.png")))
                .isInvalid()
                .says("cover is 5");
        assertThat(library.file("clothing/.state/good.json")).hasContent("{\n\"cover\": 5}");
    }

    @Test
    void a_link_out_of_the_folder_is_told_and_not_followed() throws IOException {
        Path outside = Files.writeString(root.resolve("secret.json"), "{\"outfit_id\": \"secret\"}");
        Files.createSymbolicLink(library.file("clothing/link.json"), outside);

        assertThat(onlyProblem())
                .extracting(Problem::what, Problem::where)
                .containsExactly("This link leads out of its folder or nowhere", "clothing/link.json");
    }

    @Test
    void a_link_within_the_folder_is_an_asset_and_stays_a_link() throws IOException {
        Path real = library.write("clothing/shared/coat.txt", "{\"outfit_id\": \"coat\"}");
        Path link = Files.createSymbolicLink(library.file("clothing/coat.json"), real);

        library.assets("outfit").edit("coat", data -> data.with("Coat", "outfit_name"));

        assertThat(link).isSymbolicLink();
        assertThat(real).content().contains("\"Coat\"");
    }

    @Test
    void a_file_where_the_folder_is_expected_keeps_what_is_known_and_is_told() throws IOException {
        AssetRepository outfits = library.assets("outfit");
        Files.move(library.file("clothing"), library.file("aside"));
        Files.writeString(library.file("clothing"), "I am a file");

        SyncReport report = outfits.sync();

        assertThat(report.removed()).isEmpty();
        assertThat(report.problems())
                .extracting(Problem::what)
                .containsExactly("A file lies where a folder is expected");
        Refusal.of(() -> outfits.create("new", dev.gaze.api.asset.AssetData.parse("{}")))
                .isOfKind(dev.gaze.api.problem.GazeException.Kind.FAILED);
    }

    @Test
    void hidden_files_and_other_files_are_no_assets() throws IOException {
        Files.writeString(library.file("clothing/.hidden.json"), "{}");
        Files.writeString(library.file("clothing/readme.txt"), "text");
        Files.createDirectories(library.file("clothing/folder.json"));

        library.open();

        assertThat(library.opened().problems()).isEmpty();
        assertThat(library.opened().added()).containsExactly(new AssetKey("outfit", "good"));
    }

    @Test
    @Tag("G10")
    void a_hundred_broken_files_are_all_told_and_the_others_load() {
        for (int i = 0; i < 300; i++) {
            library.write("clothing/n" + i + ".json", i % 3 == 0 ? "{ broken" : "{}");
        }

        library.open();

        assertThat(library.opened().problems()).hasSize(100);
        assertThat(library.assets("outfit").count()).isEqualTo(201);
        assertThat(library.opened().problems())
                .extracting(Problem::where, Problem::fix)
                .contains(tuple("clothing/n0.json:1:3", "mend the JSON there; until then the asset is left out"));
    }
}
