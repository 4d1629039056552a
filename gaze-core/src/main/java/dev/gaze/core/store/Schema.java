package dev.gaze.core.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Our tables, made by the scripts in {@code META-INF/gaze-db}: the same ones for both databases. */
final class Schema {
    /** The newest script. */
    static final String NEWEST = "3";

    /** SQL states of "there is no such table": PostgreSQL's, and two of H2. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04");

    private Schema() {}

    /**
     * What the scripts leave open.
     *
     * @param bytes a column of bytes
     * @param absent makes a table or an index only when there is none; empty where one that is there is a mistake
     */
    record Words(String bytes, String absent) {
        /** A script that was cut short is run again. */
        static final Words H2 = new Words("varbinary", "if not exists");

        /** A script is run whole or not at all. */
        static final Words POSTGRESQL = new Words("bytea", "");
    }

    /**
     * Brings the tables up to date.
     *
     * @param words what the database calls things that the other one calls otherwise
     */
    static void update(DataSource source, Jdbi jdbi, Words words) {
        if (!isCurrent(jdbi)) {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .loggers("slf4j")
                    .locations("classpath:META-INF/gaze-db")
                    .placeholders(Map.of("bytes", words.bytes, "absent", words.absent))
                    .baselineOnMigrate(true)
                    .baselineVersion("0") // a server's schema may hold tables of others
                    .validateOnMigrate(
                            false) // a script may have been written anew, as long as it makes the same tables
                    .load()
                    .migrate();
        }
    }

    /** Whether there is nothing to do. */
    static boolean isCurrent(Jdbi jdbi) {
        return version(jdbi).filter(NEWEST::equals).isPresent();
    }

    /** The version of the tables; asked with one query, because Flyway takes half a second to find out. */
    private static Optional<String> version(Jdbi jdbi) {
        try {
            return jdbi.withHandle(
                    handle -> handle.createQuery("select \"version\" from \"flyway_schema_history\" where \"success\""
                                    + " order by \"installed_rank\" desc fetch first row only")
                            .mapTo(String.class)
                            .findOne());
        } catch (JdbiException failure) {
            if (failure.getCause() instanceof SQLException sql && NO_TABLE.contains(sql.getSQLState())) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
