package dev.gaze.core.store;

import dev.gaze.api.problem.Problem;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * How rooms speak to a database: as Jdbi does, except that a database which is away is told as {@link DatabaseLost}. Safe
 * for use by several threads.
 *
 * @param jdbi speaks
 * @param where the file or the server, for messages
 * @param fix what helps when it is away
 * @param forcing brings every change to the disk
 */
public record Sql(Jdbi jdbi, String where, String fix, Forcing forcing) {

    /**
     * Reads.
     *
     * @param reading gets a connection
     * @param <T> of what is read
     * @return what was read
     */
    public <T> T withHandle(HandleCallback<T, RuntimeException> reading) {
        return told(() -> jdbi.withHandle(reading));
    }

    /**
     * Executes statements, each by itself.
     *
     * @param statements gets a connection
     */
    public void useHandle(HandleConsumer<RuntimeException> statements) {
        withHandle(handle -> {
            statements.useHandle(handle);
            return null;
        });
    }

    /**
     * Makes one change, whole or not at all. When this returns, it survives a crash of the process, of the machine, and a
     * power cut.
     *
     * @param change gets a connection
     * @param <T> of the result
     * @return what the change returns
     */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> change) {
        return inTransaction(change, committed -> {});
    }

    /**
     * Makes one change, as {@link #inTransaction(HandleCallback)}, and begins something else while it goes to the disk.
     *
     * @param change gets a connection
     * @param meanwhile gets the result as soon as the change survives a crash of the process; must not take long
     * @param <T> of the result
     * @return what the change returns
     */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> change, Consumer<T> meanwhile) {
        return told(() -> {
            T result = jdbi.inTransaction(change);
            long number = forcing.committed();
            try {
                meanwhile.accept(result);
            } finally {
                forcing.until(number); // without a connection, so that all who wait for the disk share one
            }
            return result;
        });
    }

    /** Returns when every change that was made so far is on the disk, mostly at once. */
    public void awaitForced() {
        told(() -> {
            forcing.untilNow();
            return true;
        });
    }

    /**
     * Makes one change, whole or not at all, as {@link #inTransaction}.
     *
     * @param change gets a connection
     */
    public void useTransaction(HandleConsumer<RuntimeException> change) {
        inTransaction(handle -> {
            change.useHandle(handle);
            return null;
        });
    }

    /**
     * What to throw when others who use the database cannot.
     *
     * @param what cannot be done
     * @return says where the database is, and what helps
     */
    public DatabaseLost lost(String what) {
        return lost(what, null);
    }

    /** The same, because of something that Jdbi does not know. */
    DatabaseLost lost(String what, @Nullable Throwable why) {
        return new DatabaseLost(new Problem("The database cannot be used: " + what, where, fix), why);
    }

    private <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException failure) {
            throw DatabaseLost.of(failure, where, fix)
                    .map(RuntimeException.class::cast)
                    .orElse(failure);
        }
    }
}
