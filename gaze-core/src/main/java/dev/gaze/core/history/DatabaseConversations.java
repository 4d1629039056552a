package dev.gaze.core.history;

import dev.gaze.api.history.HistoryId;
import dev.gaze.api.writer.ConversationId;
import dev.gaze.api.writer.ConversationState;
import dev.gaze.api.writer.ConversationStore;
import dev.gaze.core.ledger.RecordJson;
import dev.gaze.core.store.Database;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Conversations in the database of a library, shared by all processes that have it open. */
public final class DatabaseConversations implements ConversationStore {
    private final Supplier<Database> database;

    /**
     * The conversations of a library.
     *
     * @param database where they are kept; asked at every call, as it may be opened in the background
     */
    public DatabaseConversations(Supplier<Database> database) {
        this.database = database;
    }

    @Override
    public Optional<ConversationState> find(ConversationId id) {
        return database.get()
                .sql()
                .withHandle(handle -> handle.createQuery(
                                "select target, messages, written, used from conversation where id = ?")
                        .bind(0, id.value())
                        .map((rows, context) -> {
                            long written = rows.getLong("written");
                            HistoryId entry = rows.wasNull() ? null : new HistoryId(written);
                            return new ConversationState(
                                    id,
                                    rows.getString("target"),
                                    RecordJson.readList(rows.getString("messages"), ConversationState.Said.class),
                                    entry,
                                    rows.getObject("used", OffsetDateTime.class).toInstant());
                        })
                        .findOne());
    }

    @Override
    public void save(ConversationState conversation) {
        database.get().sql().useTransaction(handle -> {
            handle.execute(
                    "delete from conversation where used < ?",
                    HistoryTable.time(conversation.used().minus(IDLE)));
            write(handle, conversation);
        });
    }

    private static void write(Handle handle, ConversationState conversation) {
        if (write(
                        handle,
                        conversation,
                        "update conversation set target = :target, messages = :messages,"
                                + " written = :written, used = :used where id = :id")
                == 0) {
            write(
                    handle,
                    conversation,
                    "insert into conversation (id, target, messages, written, used)"
                            + " values (:id, :target, :messages, :written, :used)");
        }
    }

    private static int write(Handle handle, ConversationState conversation, String sql) {
        HistoryId written = conversation.written();
        return handle.createUpdate(sql)
                .bind("id", conversation.id().value())
                .bind("target", conversation.target())
                .bind("messages", RecordJson.write(conversation.messages()))
                .bindByType("written", written == null ? null : written.value(), Long.class)
                .bind("used", HistoryTable.time(conversation.used()))
                .execute();
    }

    @Override
    public boolean delete(ConversationId id) {
        return database.get()
                .sql()
                .withHandle(handle -> handle.execute("delete from conversation where id = ?", id.value()) > 0);
    }
}
