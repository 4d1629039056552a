package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseTest {
    @TempDir
    private Path folder;

    private final List<Problem> warnings = new ArrayList<>();

    private Database open() {
        return Database.open(folder.resolve("index"), warnings::add, database -> {});
    }

    private static int rows(Database database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from asset")
                        .mapTo(Integer.class)
                        .one());
    }

    private static void insert(Database database) {
        database.jdbi().useHandle(handle -> handle.execute("insert into asset values ('outfit', 'a', X'01')"));
    }

    @Test
    void a_new_database_has_its_tables_and_an_old_one_its_rows() {
        try (Database database = open()) {
            insert(database);
        }

        try (Database database = open()) {
            assertThat(rows(database)).isEqualTo(1);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_schema_that_is_expected_is_that_of_the_newest_script() throws Exception {
        try (var scripts = Files.list(Path.of(
                Database.class.getClassLoader().getResource("META-INF/gaze-db").toURI()))) {
            assertThat(scripts.map(script -> script.getFileName().toString())
                            .map(name -> name.substring(1, name.indexOf("__")))
                            .mapToInt(Integer::parseInt)
                            .max())
                    .hasValue(Integer.parseInt(Schema.NEWEST));
        }
    }

    @Test
    void a_file_that_is_cut_off_is_put_aside() throws IOException {
        open().close();
        byte[] whole = Files.readAllBytes(folder.resolve("index.mv.db"));
        Files.write(folder.resolve("index.mv.db"), new byte[] {1, 2, 3});

        try (Database database = open()) {
            assertThat(rows(database)).isZero();
        }

        assertThat(whole.length).isGreaterThan(3);
        assertThat(folder.resolve("index.unreadable-1.mv.db")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.fix()).contains("index.unreadable-1.mv.db"));
    }

    @Test
    void a_file_whose_content_fails_its_trial_is_put_aside() {
        try (Database database = open()) {
            insert(database);
        }

        boolean[] tried = new boolean[1];
        try (Database database = Database.open(folder.resolve("index"), warnings::add, opened -> {
            if (!tried[0]) {
                tried[0] = true;
                throw new IllegalStateException("a damaged page");
            }
        })) {
            assertThat(rows(database)).isZero();
        }
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("a damaged page"));
    }

    @Test
    void a_place_where_no_file_can_be_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "I am a file");

        assertThatThrownBy(() -> Database.open(file.resolve("index"), warnings::add, database -> {}))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void a_folder_whose_name_the_database_cannot_take_is_told() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("a;b"));

        assertThatThrownBy(() -> Database.open(odd.resolve("index"), warnings::add, database -> {}))
                .isInstanceOf(GazeException.class)
                .hasMessageContaining("';'");
    }

    @Test
    void closing_twice_is_harmless_and_lets_go_of_the_file() {
        Database database = open();
        database.close();
        database.close();

        open().close();
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 17, 21})
    void a_new_file_whose_tables_a_killed_process_has_made_in_part_gets_the_others(int made) throws Exception {
        String h2 = "jdbc:h2:file:" + folder.resolve("index").toAbsolutePath();
        try (Connection connection = DriverManager.getConnection(h2, "gaze", "");
                Statement statement = connection.createStatement()) {
            for (String one : statements().subList(0, made)) {
                statement.execute(one);
            }
        }

        try (Database database = open()) {
            insert(database);
            assertThat(rows(database)).isEqualTo(1);
            int queues = database.jdbi()
                    .withHandle(handle -> handle.createQuery("select count(*) from job_queue")
                            .mapTo(Integer.class)
                            .one());
            assertThat(queues).isEqualTo(1);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_script_that_was_run_but_not_noted_is_run_again_and_changes_nothing() {
        try (Database database = open()) {
            insert(database);
            database.jdbi()
                    .useHandle(
                            handle -> handle.execute("delete from \"flyway_schema_history\" where \"version\" <> '0'"));
        }

        try (Database database = open()) {
            assertThat(rows(database)).isEqualTo(1);
        }
        assertThat(warnings).isEmpty();
    }

    /** Those of all scripts, in order, as H2 gets them. */
    private static List<String> statements() throws Exception {
        List<String> all = new ArrayList<>();
        try (var scripts = Files.list(Path.of(
                Database.class.getClassLoader().getResource("META-INF/gaze-db").toURI()))) {
            for (Path script : scripts.sorted().toList()) {
                String text = Files.readString(script)
                        .replaceAll("(?m)^--.*$", "")
                        .replace("${bytes}", Schema.Words.H2.bytes())
                        .replace("${absent}", Schema.Words.H2.absent());
                all.addAll(Arrays.stream(text.split(";"))
                        .filter(one -> !one.isBlank())
                        .toList());
            }
        }
        return all;
    }
}
