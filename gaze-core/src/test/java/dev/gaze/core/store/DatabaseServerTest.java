package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.job.Subscription;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.core.small.SmallPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseServerTest {
    private static final String LOST = "lost";

    private final List<Database> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Database::close);
    }

    private Database open(DatabaseSettings settings) {
        Database database = Database.server(settings);
        open.add(database);
        return database;
    }

    private static int tables(Database database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from information_schema.tables where table_schema = 'public'")
                        .mapTo(int.class)
                        .one());
    }

    // Opening --------------------------------------------------------------------------------------------------------

    @RepeatedTest(5)
    void of_many_who_open_an_empty_database_at_once_all_find_its_tables() throws Exception {
        DatabaseSettings empty = SmallPostgres.empty();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Database> opening = () -> Database.server(empty);
            for (Future<Database> opened : threads.invokeAll(List.of(opening, opening, opening, opening))) {
                open.add(opened.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(open).extracting(DatabaseServerTest::tables).containsOnly(tables(open(SmallPostgres.fresh())));
        assertThat(open).allMatch(Database::isServer);
    }

    @Test
    void tables_of_others_in_the_same_database_are_left_alone() {
        DatabaseSettings shared = SmallPostgres.empty();
        try (Database first = Database.server(shared)) {
            first.jdbi()
                    .useHandle(handle -> handle.execute(
                            "drop schema public cascade; create schema public; create table theirs (n int)"));
        }

        assertThat(tables(open(shared))).isGreaterThan(5);
        assertThat(tables(open(shared))).isGreaterThan(5);
    }

    @Test
    void a_server_that_is_away_is_told_without_what_is_secret() {
        DatabaseSettings nobody =
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/gaze?password=hunter2", "mira", "hunter3", 2);

        GazeException away = catchThrowableOfType(GazeException.class, () -> Database.server(nobody));

        assertThat(away.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(away)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/gaze")
                .hasMessageNotContaining("hunter");
        assertThat(nobody.toString()).doesNotContain("hunter").contains("mira");
    }

    @Test
    void a_database_that_does_not_exist_is_told_and_how_to_make_it() {
        DatabaseSettings there = SmallPostgres.fresh();
        DatabaseSettings missing = DatabaseSettings.of(there.url().replaceFirst("gaze_\\d+", "nowhere"));

        GazeException failure = catchThrowableOfType(GazeException.class, () -> Database.server(missing));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure).hasMessageContaining("\"nowhere\" does not exist").hasMessageContaining("createdb");
    }

    @Test
    void an_address_of_another_kind_is_refused_without_its_secrets() {
        for (String wrong : List.of("jdbc:mysql://u:hunter2@a/b?password=hunter2", "hunter2@a", "jdbc:postgresql:")) {
            assertThatThrownBy(() -> DatabaseSettings.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasMessageContaining("expected e.g. jdbc:postgresql://host/gaze");
        }
        assertThatThrownBy(() -> new DatabaseSettings("jdbc:postgresql://a/b", null, null, 1))
                .hasMessageContaining("2 connections or more");
    }

    @Test
    void what_the_database_says_of_a_failure_never_repeats_the_values() {
        Database database = open(SmallPostgres.fresh());

        assertThatThrownBy(() -> database.jdbi().useHandle(handle -> {
                    var batch = handle.prepareBatch("insert into job_template (hash, content) values (?, ?)");
                    batch.add("a", "a secret prompt")
                            .add("a", "a secret prompt")
                            .execute();
                }))
                .isInstanceOf(JdbiException.class)
                .hasMessageContaining("duplicate key")
                .hasMessageNotContaining("secret prompt")
                .hasStackTraceContaining("duplicate key")
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause).hasMessageNotContaining("secret prompt");
                    }
                });
    }

    // Signals --------------------------------------------------------------------------------------------------------

    /** What an opening hears. */
    private static BlockingQueue<String> heard(Database database, String topic) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        database.signals().listen(topic, Signals.Listener.of(heard::add, () -> heard.add(LOST)));
        return heard;
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void a_signal_is_heard_by_others_once_its_transaction_is_committed() throws Exception {
        DatabaseSettings settings = SmallPostgres.fresh();
        Database mine = open(settings);
        Database other = open(settings);
        BlockingQueue<String> own = heard(mine, "jobs");
        BlockingQueue<String> others = heard(other, "jobs");
        BlockingQueue<String> elsewhere = heard(other, "assets");

        mine.jdbi().useHandle(handle -> {
            handle.begin();
            mine.signals().send(handle, "jobs", "never");
            handle.rollback();
            handle.begin();
            mine.signals().send(handle, "jobs", "one of two words");
            handle.commit();
        });
        mine.signals().send("jobs", "");
        mine.signals().send("jobs", "x".repeat(9_000));
        other.signals().send("jobs", "back");

        assertThat(next(others)).isEqualTo("one of two words");
        assertThat(next(others)).isEmpty();
        assertThat(next(others)).as("too long to be told").isEqualTo(LOST);
        assertThat(next(own)).isEqualTo("back");
        assertThat(own).isEmpty();
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void who_hears_no_more_is_told_nothing_and_a_listener_that_fails_harms_nobody() throws Exception {
        DatabaseSettings settings = SmallPostgres.fresh();
        Database mine = open(settings);
        Database other = open(settings);
        AtomicInteger called = new AtomicInteger();
        Subscription ended = other.signals().listen("jobs", Signals.Listener.any(called::incrementAndGet));
        other.signals().listen("jobs", Signals.Listener.any(() -> {
            throw new IllegalStateException("a listener of a test");
        }));
        BlockingQueue<String> others = heard(other, "jobs");
        ended.close();

        mine.signals().send("jobs", "a");

        assertThat(next(others)).isEqualTo("a");
        assertThat(called).hasValue(0);
    }

    @Test
    void a_connection_that_breaks_is_made_anew_and_the_loss_is_told() throws Exception {
        DatabaseSettings settings = SmallPostgres.fresh();
        Database mine = open(settings);
        Database other = open(settings);
        BlockingQueue<String> others = heard(other, "jobs");

        mine.jdbi()
                .useHandle(handle -> handle.createQuery(
                                "select pg_terminate_backend(pid) from pg_stat_activity"
                                        + " where datname = current_database() and query like '%advisory_lock%' and pid <> pg_backend_pid()")
                        .mapTo(boolean.class)
                        .list());

        assertThat(next(others)).isEqualTo(LOST);
        mine.signals().send("jobs", "again");
        assertThat(next(others)).isEqualTo("again");
        Neighbours neighbours = other.neighbours().orElseThrow();
        String me = mine.neighbours().orElseThrow().me();
        awaitUntil("its own connection comes back, too", () -> !neighbours.isGone(me));
    }

    /** Waits for what the server does on its own: it frees the locks of a connection a moment after that ended. */
    private static void awaitUntil(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    // Neighbours -----------------------------------------------------------------------------------------------------

    @Test
    void an_opening_is_gone_once_it_is_closed_and_not_before() {
        DatabaseSettings settings = SmallPostgres.fresh();
        Neighbours mine = open(settings).neighbours().orElseThrow();
        Database other = Database.server(settings);
        String name = other.neighbours().orElseThrow().me();

        assertThat(name).matches("[0-9a-z]+").isNotEqualTo(mine.me());
        assertThat(mine.isGone(name)).isFalse();
        assertThat(mine.isGone(mine.me())).isFalse();
        other.close();
        awaitUntil("the server has seen it go", () -> mine.isGone(name));
        assertThat(mine.isGone("nobody")).isTrue();
    }

    @Test
    void turns_of_one_name_are_taken_one_after_the_other_and_those_of_others_at_once() throws Exception {
        DatabaseSettings settings = SmallPostgres.fresh();
        Neighbours mine = open(settings).neighbours().orElseThrow();
        Neighbours other = open(settings).neighbours().orElseThrow();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Integer> work = () -> {
            for (int i = 0; i < 50; i++) {
                for (Neighbours one : List.of(mine, other)) {
                    one.inTurn("outfit", () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        return inside.decrementAndGet();
                    });
                }
            }
            return 0;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> done : threads.invokeAll(List.of(work, work, work, work))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(most).hasValue(1);
        assertThat(mine.<String>inTurn("outfit", () -> other.inTurn("scene", () -> "both")))
                .isEqualTo("both");
    }

    @Test
    void a_turn_ends_with_the_failure_of_its_work() {
        DatabaseSettings settings = SmallPostgres.fresh();
        Neighbours mine = open(settings).neighbours().orElseThrow();
        Neighbours other = open(settings).neighbours().orElseThrow();

        assertThatThrownBy(() -> mine.inTurn("outfit", () -> {
                    throw new IllegalStateException("the work of a test");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(other.<String>inTurn("outfit", () -> "free")).isEqualTo("free");
    }

    @Test
    void closing_leaves_no_thread_and_no_connection_behind() throws Exception {
        DatabaseSettings settings = SmallPostgres.fresh();
        Database database = Database.server(settings);
        CountDownLatch heard = new CountDownLatch(1);
        database.signals().listen("jobs", Signals.Listener.any(heard::countDown));

        database.close();
        database.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.isAlive() && thread.getName().equals("gaze-signals"))
                .isEmpty();
        Database other = open(SmallPostgres.fresh());
        awaitUntil("no connection is left", () -> connections(other, settings) == 0);
    }

    private static int connections(Database asked, DatabaseSettings to) {
        return asked.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from pg_stat_activity where datname = ? and application_name = 'gaze'")
                        .bind(0, to.place().substring(to.place().lastIndexOf('/') + 1))
                        .mapTo(int.class)
                        .one());
    }
}
