package dev.gaze.core.ledger;

import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.store.Database;

/** The chronicle on a PostgreSQL server. */
class ChronicleOnServerTest extends ChronicleContract {
    @Override
    Database open() {
        return Database.server(SmallPostgres.fresh());
    }
}
