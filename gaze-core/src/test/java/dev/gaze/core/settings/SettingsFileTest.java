package dev.gaze.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.tag.TagCategories;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsFileTest {
    @TempDir
    Path library;

    private final Map<String, String> environment = Map.of("ATTIC", "hunter2", "EMPTY", "");

    private Settings read(String json) throws Exception {
        Files.writeString(library.resolve("gaze.json"), json);
        return read();
    }

    private Settings read() {
        return new SettingsFile(library).read(environment::get);
    }

    private GazeException refused(String json) throws Exception {
        Files.writeString(library.resolve("gaze.json"), json);
        return catchThrowableOfType(GazeException.class, this::read);
    }

    @Test
    void without_a_file_everything_has_its_default() {
        Settings settings = read();

        assertThat(settings.servers()).isEmpty();
        assertThat(settings.defaultCheckpoint()).isNull();
        assertThat(settings.folder(Settings.UPLOADS, library)).isEqualTo(library.resolve("uploads"));
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    @Tag("G2")
    void servers_are_addresses_or_objects() throws Exception {
        List<ServerSettings> servers = read("""
                        {"servers": [
                          "http://127.0.0.1:8188/",
                          {"name": "attic", "url": "https://attic.example/comfy",
                           "headers": {"X-Trace": "gaze", "X-Api-Key": "env:ATTIC"},
                           "user": "mira", "password": "env:ATTIC"},
                          {"url": "http://cellar:8188", "token": "env:ATTIC"},
                          "embedded"]}
                        """).servers();

        assertThat(servers)
                .extracting(ServerSettings::name)
                .containsExactly("http://127.0.0.1:8188", "attic", "http://cellar:8188", "embedded:sketch");
        assertThat(servers.get(1).headers())
                .containsEntry("X-Api-Key", "hunter2")
                .containsEntry("X-Trace", "gaze");
        assertThat(servers.get(1).user()).isEqualTo("mira");
        assertThat(servers.get(1).secret()).isEqualTo("hunter2");
        assertThat(servers.get(2).user()).isNull();
        assertThat(servers.get(3).address()).isEqualTo(ServerSettings.EMBEDDED);
    }

    @Test
    void a_database_that_several_processes_share_is_an_address_or_an_object() throws Exception {
        assertThat(read("{}").database()).isNull();
        assertThat(read("{\"database\": \"jdbc:postgresql://db/gaze?currentSchema=a\"}")
                        .database())
                .isEqualTo(DatabaseSettings.of("jdbc:postgresql://db/gaze?currentSchema=a"));
        Settings settings = read("""
                {"database": {"url": "jdbc:postgresql://db/gaze", "user": "mira", "password": "env:ATTIC",
                              "connections": 4, "pasword": "x"}}
                """);
        assertThat(settings.database())
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://db/gaze", "mira", "hunter2", 4));
        assertThat(settings.toString()).doesNotContain("hunter2").contains("jdbc:postgresql://db/gaze");
        assertThat(settings.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.fix()).contains("'password'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"database\": 5}",
                "{\"database\": \"jdbc:mysql://db/gaze\"}",
                "{\"database\": {\"user\": \"mira\"}}",
                "{\"database\": {\"url\": \"\"}}",
                "{\"database\": {\"url\": \"jdbc:postgresql://db/gaze\", \"connections\": 1}}",
                "{\"database\": {\"url\": \"jdbc:postgresql://db/gaze\", \"connections\": \"many\"}}",
                "{\"database\": {\"url\": \"jdbc:postgresql://db/gaze\", \"password\": \"env:MISSING\"}}"
            })
    void a_database_that_cannot_be_meant_is_refused(String json) throws Exception {
        assertThat(refused(json).problems())
                .allSatisfy(problem -> assertThat(problem.where()).startsWith("gaze.json:1"));
    }

    @Test
    void secrets_are_never_printed() throws Exception {
        Settings settings = read("""
                {"servers": [{"url": "http://a", "user": "u", "password": "env:ATTIC", "headers": {"X-Key": "env:ATTIC"}}]}
                """);

        assertThat(settings.toString()).doesNotContain("hunter2").contains("with credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"servers\": [{\"url\": \"http://a\", \"user\": \"u\", \"password\": \"hunter2\"}]}",
                "{\"servers\": [{\"url\": \"http://a\", \"token\": \"hunter2\"}]}",
                "{\"servers\": [{\"url\": \"http://a\", \"headers\": {\"Authorization\": \"hunter2\"}}]}",
                "{\"servers\": [{\"url\": \"http://a\", \"headers\": {\"X-Api-Key\": \"hunter2\"}}]}",
                "{\"servers\": [\"http://u:hunter2@a\"]}",
                "{\"database\": \"jdbc:postgresql://db/gaze?user=u&password=hunter2\"}",
                "{\"database\": \"jdbc:postgresql://u:hunter2@db/gaze\"}",
                "{\"database\": {\"url\": \"jdbc:postgresql://db/gaze\", \"password\": \"hunter2\"}}",
                "{\"database\": \"jdbc:mysql://db/gaze?password=hunter2\"}",
                "{\"servers\": [\"http://u:hunter2@my_gpu:8188\"]}",
                "{\"servers\": [{\"url\": \"http://u:hunter2@a:x y\"}]}",
                "{\"servers\": [\"hunter2@ftp://a\"]}"
            })
    void a_secret_in_the_file_is_refused_and_never_repeated(String json) throws Exception {
        GazeException failure = refused(json);

        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure).hasMessageNotContaining("hunter2");
        assertThat(failure.problems().get(0).fix()).isNotNull();
        assertThat(failure.problems().get(0).where()).isEqualTo("gaze.json:1");
    }

    @Test
    void a_secret_that_is_not_set_names_its_variable() throws Exception {
        for (String name : List.of("MISSING", "EMPTY")) {
            assertThat(refused("{\"servers\": [{\"url\": \"http://a\", \"token\": \"env:" + name + "\"}]}"))
                    .hasMessageContaining("environment variable " + name + " is not set");
        }
        assertThat(refused("{\"servers\": [{\"url\": \"http://a\", \"token\": \"env:no name\"}]}"))
                .hasMessageContaining("names no environment variable");
    }

    @Test
    void everything_wrong_is_told_at_once_with_its_line() throws Exception {
        GazeException failure = refused("""
                {
                  "servers": [
                    "ftp://a",
                    17,
                    {"name": "x"},
                    {"url": "http://b", "user": "u"},
                    {"url": "http://bb", "password": "env:ATTIC"},
                    {"url": "http://c?x=1"}
                  ],
                  "modelRoots": {"loras": 5},
                  "folders": [],
                  "defaultCheckpoint": 5,
                  "limits": {"imageBytes": -1, "jobs": 1.5, "runningSeconds": "long"}
                }
                """);

        assertThat(failure.problems())
                .extracting(problem -> problem.where())
                .containsExactlyInAnyOrder(
                        "gaze.json:3",
                        "gaze.json:4",
                        "gaze.json:5",
                        "gaze.json:6",
                        "gaze.json:7",
                        "gaze.json:8",
                        "gaze.json:10",
                        "gaze.json:11",
                        "gaze.json:12",
                        "gaze.json:13",
                        "gaze.json:13",
                        "gaze.json:13");
    }

    @Test
    void two_servers_of_one_name_are_a_mistake() throws Exception {
        assertThat(refused("{\"servers\": [\"http://a\", \"http://a/\"]}")).hasMessageContaining("named twice");
    }

    @Test
    void broken_json_is_told_with_line_and_column() throws Exception {
        GazeException failure = refused("{\n  \"servers\": [,]\n}");

        assertThat(failure.problems().get(0).where()).startsWith("gaze.json:2:");
        assertThat(failure.problems().get(0).fix()).contains("mend the JSON");
    }

    @Test
    void a_byte_order_mark_does_no_harm() throws Exception {
        assertThat(read("\uFEFF{\"defaultCheckpoint\": \"a\\\\b.safetensors\"}").defaultCheckpoint())
                .isEqualTo("a/b.safetensors");
    }

    @Test
    void a_huge_file_is_refused() throws Exception {
        assertThat(refused("{\"x\": \"" + "x".repeat(1_100_000) + "\"}").kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    @Tag("G4")
    @Tag("G9")
    void folders_are_found_from_the_library_and_categories_from_the_data_folder() throws Exception {
        Settings settings = read("""
                {"folders": {"data": "assets", "uploads": "%s/big", "outfit": "dresses"},
                 "modelRoots": {"loras": ["models/loras", "/more"], "checkpoints": "models/checkpoints"}}
                """.formatted(library.toString().replace("\\", "/")));

        assertThat(settings.folder(Settings.DATA, library)).isEqualTo(library.resolve("assets"));
        assertThat(settings.folder(Settings.UPLOADS, library)).isEqualTo(library.resolve("big"));
        assertThat(settings.folders()).containsEntry("outfit", library.resolve("assets/dresses"));
        assertThat(settings.modelRoots().get("loras"))
                .containsExactly(library.resolve("models/loras"), library.resolve("/more"));
        assertThat(settings.modelRoots().get("checkpoints")).hasSize(1);
    }

    @Test
    @Tag("P36")
    void limits_are_read() throws Exception {
        Limits limits = read("""
                        {"limits": {"imageBytes": 1000, "imagePixels": 2000, "jobs": 50,
                         "jobAgeSeconds": 3600, "runningSeconds": 0, "silenceSeconds": 5}}
                        """).limits();

        assertThat(limits.images().maxBytes()).isEqualTo(1000);
        assertThat(limits.images().maxPixels()).isEqualTo(2000);
        assertThat(limits.jobs().keep()).isEqualTo(50);
        assertThat(limits.jobs().keepFor()).isEqualTo(Duration.ofHours(1));
        assertThat(limits.servers().running()).isZero();
        assertThat(limits.servers().silence()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits.servers().maxImageBytes()).isEqualTo(1000);
    }

    @Test
    void a_limit_that_nobody_knows_is_a_warning_with_those_there_are() throws Exception {
        Settings settings = read("{\"limits\": {\"waiting\": 5, \"queed\": 5}, \"editor\": {}}");

        assertThat(settings.warnings()).hasSize(2);
        assertThat(settings.warnings().get(0).what()).contains("'waiting' is no setting");
        assertThat(settings.warnings().get(0).fix()).startsWith("limits: answerSeconds, ");
        assertThat(settings.warnings().get(1).fix()).isEqualTo("did you mean 'queued'?");
    }

    @Test
    void a_key_that_is_nearly_one_of_ours_is_a_warning() throws Exception {
        Settings settings = read("{\n\"server\": [],\n\"mine\": 1, \"limits\": {\"imageByte\": 1}}");

        assertThat(settings.warnings()).hasSize(2);
        assertThat(settings.warnings().get(0).where()).isEqualTo("gaze.json:2");
        assertThat(settings.warnings().get(0).fix()).contains("'servers'");
    }

    @Test
    @Tag("G107")
    void setting_the_default_checkpoint_keeps_everything_else() throws Exception {
        Files.writeString(
                library.resolve("gaze.json"),
                "{\"mine\": {\"deep\": [1.50, null]}, \"defaultCheckpoint\": \"a\", \"servers\": [\"http://a\"]}");
        SettingsFile file = new SettingsFile(library);

        file.setDefaultCheckpoint("Illustrious/model.safetensors");

        assertThat(Files.readString(library.resolve("gaze.json"))).isEqualTo("""
                        {
                          "mine": {
                            "deep": [
                              1.50,
                              null
                            ]
                          },
                          "defaultCheckpoint": "Illustrious/model.safetensors",
                          "servers": [
                            "http://a"
                          ]
                        }
                        """);
        file.setDefaultCheckpoint(null);
        assertThat(read().defaultCheckpoint()).isNull();
        assertThat(read().servers()).hasSize(1);
    }

    @Test
    @Tag("G107")
    void a_file_is_made_when_there_was_none_and_left_alone_when_nothing_changes() throws Exception {
        SettingsFile file = new SettingsFile(library);

        file.setDefaultCheckpoint(null);
        assertThat(library.resolve("gaze.json")).doesNotExist();
        file.setDefaultCheckpoint("a.safetensors");
        assertThat(read().defaultCheckpoint()).isEqualTo("a.safetensors");
    }

    @Test
    void a_broken_file_is_not_overwritten() throws Exception {
        Files.writeString(library.resolve("gaze.json"), "{broken");

        assertThatThrownBy(() -> new SettingsFile(library).setDefaultCheckpoint("a"))
                .isInstanceOf(GazeException.class);
        assertThat(Files.readString(library.resolve("gaze.json"))).isEqualTo("{broken");
    }

    // Which servers --------------------------------------------------------------------------------------------------

    private ServerChoice choose(List<ServerSettings> builder, Settings settings, String variable) {
        return ServerChoice.of(builder, settings, name -> name.equals("GAZE_COMFY_URL") ? variable : null);
    }

    @Test
    @Tag("G2")
    void the_builder_comes_first_then_the_file_then_the_environment_then_the_default() throws Exception {
        List<ServerSettings> builder = List.of(ServerSettings.of(URI.create("http://built")));
        Settings file = read("{\"servers\": [\"http://filed\"]}");
        Settings nothing = read("{}");

        assertThat(choose(builder, file, "http://set").servers().get(0).name()).isEqualTo("http://built");
        assertThat(choose(List.of(), file, "http://set").servers().get(0).name())
                .isEqualTo("http://filed");
        assertThat(choose(List.of(), nothing, "http://set").servers().get(0).name())
                .isEqualTo("http://set");
        assertThat(choose(List.of(), nothing, " ").servers().get(0).name()).isEqualTo("http://127.0.0.1:8188");
        assertThat(choose(List.of(), nothing, null).asked()).isFalse();
    }

    @Test
    void credentials_in_the_variable_are_used_and_not_shown() throws Exception {
        ServerChoice choice = choose(List.of(), read("{}"), "http://mira:hunter2@gpu:8188");

        assertThat(choice.servers().get(0).secret()).isEqualTo("hunter2");
        assertThat(choice.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_variable_that_is_no_address_is_told_without_repeating_it() throws Exception {
        Settings settings = read("{}");

        assertThatThrownBy(() -> choose(List.of(), settings, "gpu:hunter2@x"))
                .hasMessageContaining("GAZE_COMFY_URL")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void text_is_written_as_utf_8() throws Exception {
        new SettingsFile(library).setDefaultCheckpoint("Modèle/mira.safetensors");

        assertThat(new String(Files.readAllBytes(library.resolve("gaze.json")), StandardCharsets.UTF_8))
                .contains("Modèle");
    }

    @Test
    void a_server_may_be_sent_several_jobs_at_once() throws Exception {
        Settings settings = read("""
                {"servers": ["http://a:1", {"url": "http://b:2", "slots": 3}]}
                """);

        assertThat(settings.servers()).extracting(ServerSettings::slots).containsExactly(1, 3);
        assertThatThrownBy(() -> read("""
                {"servers": [{"url": "http://b:2", "slots": 0}]}
                """)).hasMessageContaining("slots").hasMessageContaining("1 to 64");
    }

    @Test
    @Tag("G134")
    void the_list_of_tags_is_named_by_the_file_or_else_by_the_environment() throws Exception {
        assertThat(read().tags().file()).isNull();
        assertThat(read("{\"tags\": \"lists/e621.csv\", \"tagCategories\": \"e621\"}")
                        .tags())
                .isEqualTo(
                        new Settings.TagList(library.resolve("lists/e621.csv").toAbsolutePath(), TagCategories.E621));

        Path list = library.resolve("by-variable.csv");
        SettingsFile file = new SettingsFile(library);
        assertThat(file.read(Map.of("GAZE_TAGS", "elsewhere.csv")::get).tags().file())
                .isEqualTo(library.resolve("lists/e621.csv").toAbsolutePath());
        Files.delete(library.resolve("gaze.json"));
        assertThat(file.read(Map.of("GAZE_TAGS", list.toString())::get).tags().file())
                .isEqualTo(list.toAbsolutePath());
        assertThat(file.read(Map.of("GAZE_TAGS", " ")::get).tags().file()).isNull();
    }

    @Test
    @Tag("G134")
    void a_list_of_tags_that_cannot_be_one_is_told() throws Exception {
        assertThat(refused("{\"tags\": 7, \"tagCategories\": \"danboru\"}"))
                .hasMessageContaining("'tags' is 7")
                .hasMessageContaining("did you mean 'danbooru'?");
    }
}
