package dev.gaze.core.history;

import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.store.Database;

/** The history on a PostgreSQL server. */
class HistoryOnServerTest extends HistoryContract {
    @Override
    Database open() {
        return Database.server(SmallPostgres.fresh());
    }
}
