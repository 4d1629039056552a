package dev.gaze.core.store;

import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * How rooms speak to a database: as Jdbi does, except that a database which is away is told as {@link DatabaseLost}. Safe
 * for use by several threads.
 *
 * @param jdbi speaks
 * @param where the file or the server, for messages
 * @param fix what helps when it is away
 */
public record Sql(Jdbi jdbi, String where, String fix) {

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
     * Makes one change, whole or not at all.
     *
     * @param change gets a connection
     * @param <T> of the result
     * @return what the change returns
     */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> change) {
        return told(() -> jdbi.inTransaction(change));
    }

    /**
     * Makes one change, whole or not at all.
     *
     * @param change gets a connection
     */
    public void useTransaction(HandleConsumer<RuntimeException> change) {
        inTransaction(handle -> {
            change.useHandle(handle);
            return null;
        });
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
