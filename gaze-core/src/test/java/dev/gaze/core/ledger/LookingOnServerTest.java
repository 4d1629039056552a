package dev.gaze.core.ledger;

import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.store.Database;

/** Lists of jobs on a PostgreSQL server. */
class LookingOnServerTest extends LookingContract {
    @Override
    Database open() {
        return Database.server(SmallPostgres.fresh());
    }
}
