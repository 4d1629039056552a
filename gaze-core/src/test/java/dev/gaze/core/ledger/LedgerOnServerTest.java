package dev.gaze.core.ledger;

import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.store.Database;

/** The ledger on a PostgreSQL server. */
class LedgerOnServerTest extends LedgerContract {
    @Override
    Database open() {
        return Database.server(SmallPostgres.fresh());
    }
}
