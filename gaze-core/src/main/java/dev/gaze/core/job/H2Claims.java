package dev.gaze.core.job;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;

/**
 * Claims many rows in one step on H2 as well, which knows {@code FOR UPDATE SKIP LOCKED} and which db-scheduler would
 * otherwise ask for one row at a time, without regard to how many threads are free.
 */
final class H2Claims extends DefaultJdbcCustomization {
    H2Claims() {
        super(false);
    }

    @Override
    public String getName() {
        return "H2";
    }

    @Override
    public boolean supportsGenericLockAndFetch() {
        return true;
    }

    @Override
    public String createGenericSelectForUpdateQuery(String table, int limit, String condition, boolean byPriority) {
        return "select * from " + table + " where picked = ? and execution_time <= ? " + condition + " order by "
                + (byPriority ? "priority desc, " : "") + "execution_time fetch first " + limit
                + " rows only for update skip locked";
    }
}
