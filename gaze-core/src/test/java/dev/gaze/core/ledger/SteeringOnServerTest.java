package dev.gaze.core.ledger;

import dev.gaze.core.small.SmallPostgres;
import dev.gaze.core.store.Database;

/** Steering jobs on a PostgreSQL server. */
class SteeringOnServerTest extends SteeringContract {
    @Override
    Database open() {
        return Database.server(SmallPostgres.fresh());
    }
}
