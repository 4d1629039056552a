package dev.gaze.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written through {@link Sql} is on the disk when it returns; the JDK itself tells which files were forced. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class ForcingTest {
    @TempDir
    Path folder;

    private Database open() {
        Database database = Database.open(folder.resolve("index"), warning -> {}, read -> {});
        database.jdbi().useHandle(handle -> handle.execute("create table note (id int primary key)"));
        return database;
    }

    @Test
    void a_change_is_forced_to_the_disk_before_anybody_is_told() throws Exception {
        try (Database database = open()) {
            assertThat(forced(() -> note(database, 1))).isEqualTo(1);
            assertThat(forced(() -> note(database, 2) + note(database, 3))).isEqualTo(2);
        }
    }

    @Test
    void what_is_only_read_forces_nothing() throws Exception {
        try (Database database = open()) {
            assertThat(forced(() -> notes(database))).isZero();
        }
    }

    @Test
    void those_who_come_while_the_disk_is_busy_share_the_next_turn() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        Forcing forcing = new Forcing(() -> {
            turns.incrementAndGet();
            busy.countDown();
            join(done);
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Thread> late = new CopyOnWriteArrayList<>();
            List<Future<?>> all = new ArrayList<>();
            all.add(threads.submit(() -> forcing.until(forcing.committed())));
            join(busy);
            for (int i = 0; i < 5; i++) {
                all.add(threads.submit(() -> {
                    late.add(Thread.currentThread());
                    forcing.until(forcing.committed());
                }));
            }
            while (late.stream()
                            .filter(one -> one.getState() == Thread.State.BLOCKED)
                            .count()
                    < 5) {
                Thread.onSpinWait();
            }
            assertThat(all).noneMatch(Future::isDone);

            done.countDown();

            for (Future<?> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
            assertThat(turns).hasValue(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void what_could_not_be_forced_is_forced_by_the_next_who_comes() {
        AtomicInteger turns = new AtomicInteger();
        Forcing forcing = new Forcing(() -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("the disk is full");
            }
        });

        assertThatThrownBy(() -> forcing.until(forcing.committed())).hasMessage("the disk is full");
        forcing.untilNow();

        assertThat(turns).hasValue(2);
    }

    @Test
    void what_is_on_the_disk_already_is_not_forced_again() {
        AtomicInteger turns = new AtomicInteger();
        Forcing forcing = new Forcing(turns::incrementAndGet);
        forcing.untilNow();
        long first = forcing.committed();
        long second = forcing.committed();

        forcing.until(second);
        forcing.until(first);
        forcing.untilNow();

        assertThat(turns).hasValue(1);
    }

    private static void join(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException impatient) {
            throw new AssertionError(impatient);
        }
    }

    private static int note(Database database, int id) {
        return database.sql().inTransaction(handle -> handle.execute("insert into note values (?)", id));
    }

    private static int notes(Database database) {
        return database.sql()
                .withHandle(handle -> handle.createQuery("select count(*) from note")
                        .mapTo(int.class)
                        .one());
    }

    /** How often our file was forced meanwhile. */
    private long forced(Callable<?> work) throws Exception {
        Path events = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            work.call();
            recording.stop();
            recording.dump(events);
        }
        return RecordingFile.readAllEvents(events).stream().filter(this::isOurs).count();
    }

    private boolean isOurs(RecordedEvent event) {
        return event.getEventType().getName().equals("jdk.FileForce")
                && String.valueOf(event.getString("path")).endsWith("index.mv.db");
    }
}
